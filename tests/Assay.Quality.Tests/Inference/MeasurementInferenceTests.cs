using Assay.Quality.Inference;

namespace Assay.Quality.Tests.Inference;

public sealed class MeasurementInferenceTests
{
    [Fact]
    public void Of_SteadyVolume_GivesLimitsThatHoldWhatWasMeasured()
    {
        var checks = MeasurementInference.Of([.. Enumerable.Range(0, 21).Select(i => new DayMeasured(i, 1000 + i % 3 * 10, null))]);
        var absolute = checks.Single(c => c.Check.Properties.ToString().Contains("Absolute Value", StringComparison.Ordinal));
        // Of the first twenty: mean 1009.5, deviation 8.05.
        absolute.Check.Properties.ToString().ShouldContain("\"min\":993");
        absolute.Check.Properties.ToString().ShouldContain("\"max\":1026");
        checks.Count(c => c.Check.Properties.ToString().Contains("Percentage Change", StringComparison.Ordinal)).ShouldBe(1, "three weeks say nothing of months");
        checks.ShouldAllBe(c => c.Check.Rule == "volumetric" && c.Description.Contains("before the latest", StringComparison.Ordinal));
    }

    [Fact]
    public void Of_TheLatest_IsJudgedAndNotBelieved()
    {
        var days = Enumerable.Range(0, 20).Select(i => new DayMeasured(i, 500, null)).Append(new DayMeasured(20, 90_000, null)).ToList();
        MeasurementInference.Of(days)[0].Check.Properties.ToString().ShouldContain("\"max\":500");
    }

    [Fact]
    public void Of_FewMeasurements_SayNothing() => MeasurementInference.Of([.. Enumerable.Range(0, 7).Select(i => new DayMeasured(i, 5, TimeSpan.FromHours(1)))]).ShouldBeEmpty();

    [Fact]
    public void Of_Ages_GiveFreshness()
    {
        var check = MeasurementInference.Of([.. Enumerable.Range(0, 10).Select(i => new DayMeasured(i, null, TimeSpan.FromHours(1 + i % 2)))]).Single();
        check.Check.Rule.ShouldBe("freshness");
        // The longest age, 2 h and a little by the deviation, and a tenth.
        check.Check.Properties.ToString().ShouldMatch("\"value\":(79|8[0-9]|9[0-9])\\d{5}");
    }

    [Fact]
    public void Of_MonthsOfMeasurements_GiveAllPeriods() => MeasurementInference.Of([.. Enumerable.Range(0, 320).Select(i => new DayMeasured(i, 1000 + i % 7, null))])
        .Count(c => c.Check.Properties.ToString().Contains("Percentage Change", StringComparison.Ordinal)).ShouldBe(3);
}
