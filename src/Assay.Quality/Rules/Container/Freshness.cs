using Assay.Quality.Scanning;

namespace Assay.Quality.Rules.Container;

/// <summary>Asserts that the container changed within a time before now. NULLs play no part.</summary>
internal sealed class Freshness() : MeasuredRule(new("freshness", "Asserts that the container was updated recently enough.")
{
    Fields = FieldScope.None,
    Filterable = false,
    SupportsCoverage = false,
    Anomaly = AnomalyKind.Shape,
    Dimension = ScoreDimension.Timeliness,
    Inferred = InferredParts.Description | InferredParts.Properties,
    Nulls = "Records play no part.",
    Properties = [Props.Count("The longest time since the last update, in milliseconds.")],
})
{
    internal override Verdict Judge(CheckScope check, ContainerMeasurements container)
    {
        if (container.LastModified is not { } last) return Verdict.NotAsserted("It is not known when the container was last updated.");
        var age = (decimal)(container.Now - last).TotalMilliseconds;
        var limit = check.Properties.Number("value")!.Value;
        return Verdict.Of(age <= limit, () =>
            $"Container {check.Container} was last updated at {Share.Time(last)}, {Span(age)} ago, which is more than {Span(limit)}") with
        { Measurement = decimal.Truncate(age) };
    }

    private static string Span(decimal millis) => millis < 1000 ? $"{Share.Plain(decimal.Truncate(millis))} ms" : TimeSpan.FromSeconds((double)decimal.Truncate(millis / 1000)).ToString("c", System.Globalization.CultureInfo.InvariantCulture);
}
