using Assay.Quality.Scores;

namespace Assay.Quality.Tests.Scores;

/// <summary>The contract's formulas, against figures worked out by hand.</summary>
public sealed class ScoreCurveTests
{
    [Theory]
    [InlineData(0, 0), InlineData(1, 60), InlineData(2, 84), InlineData(3, 93.6), InlineData(4, 97.44)]
    public void Coverage_GrowsWithEveryCheck(long checks, double expected) => ScoreCurves.Coverage(checks).ShouldBe(expected, 1e-9);

    [Theory]
    [InlineData(0, 100), InlineData(1, 60), InlineData(2, 36), InlineData(3, 21.6)]
    public void AfterAnomalies_FallsWithEveryOne(long anomalies, double expected) => ScoreCurves.AfterAnomalies(anomalies).ShouldBe(expected, 1e-9);

    [Theory]
    [InlineData(0, 100, 100L, 100)] // nothing wrong
    [InlineData(5, 100, 100L, 95)]
    [InlineData(5, 100, 50L, 90)] // fewer rows now than were scanned
    [InlineData(5, 20, 100L, 75)] // only a part was scanned
    [InlineData(5, 20, null, 75)]
    [InlineData(30, 20, 100L, 0)] // anomalies of several scans: never below 0
    public void InOrder_IsTheShareOfRowsThatAreNotAnomalous(long anomalous, long scanned, long? rows, double expected) =>
        ScoreCurves.InOrder(anomalous, scanned, rows)!.Value.ShouldBe(expected, 1e-9);

    [Fact]
    public void InOrder_OfNothingScanned_IsUnknown() => ScoreCurves.InOrder(0, 0, 10).ShouldBeNull();

    [Fact]
    public void InOrder_WithAnomaliesThatCannotBeCounted_FallsByEach() => ScoreCurves.InOrder(10, 100, 100, uncounted: 2)!.Value.ShouldBe(90 * 0.36, 1e-9);
}
