using Assay.Quality.Checks;
using Assay.Quality.Scanning;

namespace Assay.Quality.Rules.Container;

/// <summary>Asserts that the container's volume, or how it changed against the average of the days before, lies within limits, both included. NULLs play no part.</summary>
internal sealed class Volumetric() : MeasuredRule(new("volumetric", "Asserts that the container's volume, or its change over a period, lies within limits.")
{
    Fields = FieldScope.None,
    Filterable = false,
    SupportsCoverage = false,
    Anomaly = AnomalyKind.Shape,
    Dimension = ScoreDimension.Volumetrics,
    Category = CheckCategory.Metadata,
    Weight = 2,
    Inferred = InferredParts.Description | InferredParts.Properties,
    Nulls = "Records count whatever they hold.",
    Properties =
    [
        Props.Comparison(Limits.Choices),
        new("window_size", PropertyType.Number, "Measurement Period") { Whole = true, Minimum = 1, Maximum = 3660, Info = "Days over which volume is averaged." },
        .. Limits.Properties,
    ],
})
{
    internal override Verdict Judge(CheckScope check, ContainerMeasurements container)
    {
        if (container.Volumes.Count == 0) return Verdict.NotAsserted("The container's volume has not been measured.");
        var latest = container.Volumes.MaxBy(v => v.Time)!;
        var window = TimeSpan.FromDays((double)(check.Properties.Number("window_size") ?? 1));
        var before = container.Volumes.Where(v => v.Time < latest.Time && v.Time >= latest.Time - window).ToList();
        var limits = new Limits(check.Properties);
        decimal? previous = before.Count == 0 ? null : before.Average(v => v.Value);
        if (limits.Absolute)
        {
            return Verdict.Of(limits.Hold(latest.Value), () => $"The volume of container {check.Container}, {Share.Plain(latest.Value)}, is not {limits.Words}")
                with
            { Measurement = latest.Value };
        }

        return limits.Change(previous, latest.Value) is not { } change || limits.Hold(change)
            ? Verdict.Pass with { Measurement = latest.Value }
            : Verdict.Fail($"{limits.Name} of the volume of container {check.Container} from {Share.Bound(previous)} to {Share.Plain(latest.Value)} is {limits.Show(change)}, outside the declared limits: not {limits.Words}")
                with
            { Measurement = latest.Value };
    }

    internal override IEnumerable<CheckFault> Review(CheckReview check) => Limits.Review(check);
}
