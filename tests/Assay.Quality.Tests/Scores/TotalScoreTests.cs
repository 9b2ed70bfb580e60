using Assay.Quality.Scores;

namespace Assay.Quality.Tests.Scores;

/// <summary>Eight dimensions made one, and many things made one.</summary>
public sealed class TotalScoreTests
{
    [Fact]
    public void Total_OfTheBaselineEverywhere_IsTheBaseline() => TotalScore.Of(new(_ => 70), DimensionWeights.Equal)!.Value.ShouldBe(70, 1e-9);

    [Fact]
    public void Total_OfTheBestEverywhere_IsTheBest() => TotalScore.Of(new(_ => 100), DimensionWeights.Equal)!.Value.ShouldBe(100, 1e-9);

    [Theory]
    [InlineData(0), InlineData(37.5), InlineData(100)]
    public void Total_WithOneDimensionThatCounts_IsThatDimension(double score) =>
        TotalScore.Of(new(d => d == Dimension.Accuracy ? score : 12), new(d => d == Dimension.Accuracy ? 0.5 : 0))!.Value.ShouldBe(score, 1e-9);

    [Fact]
    public void Total_OfDimensionsWithoutWeightOrScore_DoesNotChange()
    {
        var two = TotalScore.Of(new(d => d switch { Dimension.Completeness => 90, Dimension.Precision => 40, _ => null }), DimensionWeights.Equal);
        two!.Value.ShouldBe(Math.Sqrt(90 * 40), 1e-9); // 70 · √(90/70) · √(40/70)
        TotalScore.Of(new(d => d switch { Dimension.Completeness => 90, Dimension.Precision => 40, _ => 0 }),
            new(d => d is Dimension.Completeness or Dimension.Precision ? 1 : 0))!.Value.ShouldBe(two.Value, 1e-9);
    }

    [Fact]
    public void Total_OfOneDimensionAtNothing_IsHalvedAtWorst() =>
        TotalScore.Of(new(d => d == Dimension.Coverage ? 0 : 70), DimensionWeights.Equal)!.Value.ShouldBe(35, 1e-9);

    [Fact]
    public void Total_MovesFurtherForWhatHasMoreWeight()
    {
        var scores = new DimensionScores(d => d == Dimension.Completeness ? 30 : 90);
        TotalScore.Of(scores, new(d => d == Dimension.Completeness ? 2 : 1))!.Value.ShouldBeLessThan(TotalScore.Of(scores, DimensionWeights.Equal)!.Value);
    }

    [Fact]
    public void Total_OfNothingKnown_IsUnknown()
    {
        TotalScore.Of(new(_ => null), DimensionWeights.Equal).ShouldBeNull();
        TotalScore.Of(new(_ => 50), new(_ => 0)).ShouldBeNull();
    }

    [Fact]
    public void Mean_OfContainersByTheirWeights_IsTheContractsExample() =>
        WeightedMean.Of([(82, 3), (95, 1), (null, 7)])!.Value.ShouldBe(85.25, 1e-9); // (82·3 + 95·1) / 4

    [Fact]
    public void Mean_OfNothing_IsUnknown() => WeightedMean.Of([(null, 3)]).ShouldBeNull();

    [Theory]
    [InlineData(new long[] { 3, 1 }, new double[] { 3, 1 })]
    [InlineData(new long[] { 0, 0 }, new double[] { 1, 1 })]
    [InlineData(new long[] { 3, 0 }, new double[] { 4, 1 })]
    [InlineData(new long[] { -10, 5, 0 }, new double[] { 1, 16, 11 })]
    public void Weights_OfTagsModifiers_AreAtLeastOne(long[] modifiers, double[] expected) => WeightedMean.Weights(modifiers).ShouldBe(expected);
}
