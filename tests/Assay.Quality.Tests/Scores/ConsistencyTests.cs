using Assay.Quality.Scores;

namespace Assay.Quality.Tests.Scores;

/// <summary>What counts as drift between profiles.</summary>
public sealed class ConsistencyTests
{
    private static readonly FieldFigures Number = new("Integral") { Median = 50, Q1 = 25, Q3 = 75 };
    private static readonly FieldFigures Text = new("String") { Distinct = 100, MinLength = 2, MaxLength = 20, Entropy = 4 };

    [Fact]
    public void OneProfile_SaysNothing() => Consistency.Of([Number]).ShouldBeNull();

    [Fact]
    public void EqualProfiles_AreConsistent() => Consistency.Of([Number, Number, Number]).ShouldBe(100);

    [Fact]
    public void AnotherType_IsNone() => Consistency.Of([Number, Number with { Type = "Fractional" }]).ShouldBe(0);

    [Fact]
    public void MovesWithinTheTolerance_DoNotCount() => Consistency.Of([Number, Number with { Median = 55, Q3 = 79 }]).ShouldBe(100);

    [Fact]
    public void MovesBeyondIt_CountByTheirSize() // the median by half of itself: 1 − (0.5 − 0.1) / 0.9; the spread not at all
        => Consistency.Of([Number, Number with { Median = 100 }])!.Value.ShouldBe(100 * ((1 - 0.4 / 0.9) + 1) / 2, 1e-9);

    [Fact]
    public void AMedianNearZero_IsMeasuredByTheSpread() =>
        Consistency.Of([Number with { Median = 0.5 }, Number with { Median = -0.5 }]).ShouldBe(100);

    [Fact]
    public void Texts_AreComparedByAllFourFigures() => // distinct values doubled, the rest alike
        Consistency.Of([Text, Text with { Distinct = 200 }])!.Value.ShouldBe(100 * (3 + 1 - 0.4 / 0.9) / 4, 1e-9);

    [Fact]
    public void ManyProfiles_CountStepByStep() => Consistency.Of([Number, Number with { Type = "String" }, Text, Text])!.Value.ShouldBe((0 + 100 + 100) / 3.0, 1e-9);

    [Fact]
    public void Times_AreComparedByTheEarliestAndTheirDistinctValues()
    {
        var times = new FieldFigures("Timestamp") { Earliest = 1_700_000_000, Distinct = 10 };
        Consistency.Of([times, times with { Earliest = 1_700_086_400, Distinct = 11 }]).ShouldBe(100);
        Consistency.Of([times, times with { Distinct = 0 }]).ShouldBe(50);
    }

    [Fact]
    public void Rules_CountInTheirDimensionsAndInAccuracy()
    {
        Of("between").ShouldBe([Dimension.Precision, Dimension.Accuracy]);
        Of("notNull").ShouldBe([Dimension.Accuracy]);
        Of("timeDistributionSize").ShouldBe([Dimension.Timeliness, Dimension.Accuracy]);
        Of("expectedSchema").ShouldBe([Dimension.Conformity]); // structure, no data
        Of("volumetric").ShouldBe([Dimension.Volumetrics]);
        Of("freshness").ShouldBe([Dimension.Timeliness]);
        static Dimension[] Of(string rule) => [.. ScoreRules.All.Where(r => r.Rule == rule).Select(r => r.Dimension)];
    }
}
