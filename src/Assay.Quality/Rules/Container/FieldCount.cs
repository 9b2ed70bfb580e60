using Assay.Quality.Scanning;

namespace Assay.Quality.Rules.Container;

/// <summary>Asserts how many fields the container has. NULLs play no part.</summary>
internal sealed class FieldCount() : MeasuredRule(new("fieldCount", "Asserts how many fields the container has.")
{
    Fields = FieldScope.None,
    Filterable = false,
    SupportsCoverage = false,
    Anomaly = AnomalyKind.Shape,
    Dimension = ScoreDimension.Conformity,
    Weight = 1,
    Nulls = "Fields count whatever they hold.",
    Properties = [Props.Count("The number of fields.")],
})
{
    internal override Verdict Judge(CheckScope check, ContainerMeasurements container)
    {
        if (container.Fields is not { } fields) return Verdict.NotAsserted("The container's fields are not known.");
        var wanted = check.Properties.Number("value")!.Value;
        return Verdict.Of(fields.Count == wanted, () => $"In container {check.Container}, the field count is not {Share.Plain(wanted)}: it is {fields.Count}") with { Measurement = fields.Count };
    }
}
