using Assay.Quality.Checks;
using Assay.Quality.Scanning;

namespace Assay.Quality.Rules.Aggregates;

/// <summary>
/// Asserts that a measured value, or how much it changed since the last scan, lies within limits, both included. The measure is the field of a container
/// of one row; of several rows every value is asserted. NULL is no measurement and passes.
/// </summary>
internal sealed class Metric() : AggregateRule(new("metric", "Asserts that a measured value, or its change since the last scan, lies within limits.")
{
    FieldTypes = Rules.FieldTypes.Numeric,
    SupportsCoverage = false,
    Anomaly = AnomalyKind.Shape,
    Weight = 3,
    Nulls = "NULL is no measurement and passes.",
    Properties = [Props.Comparison(Limits.Choices), .. Limits.Properties],
})
{
    internal override IReadOnlyList<string> Figures(RowScope row) =>
        [row.Aggregate("min", row.Value.Number), row.Aggregate("max", row.Value.Number), row.Aggregate("anyLast", row.Value.Number)];

    internal override Verdict Judge(CheckScope check, long asserted, IReadOnlyList<object?> figures)
    {
        if (figures[0] is null || asserted == 0 || Limits.Number(figures[2]) is not { } current)
            return Verdict.NotAsserted("There is no value to measure.") with { Asserted = asserted };
        var limits = new Limits(check.Properties);
        if (limits.Absolute)
        {
            var wrong = new[] { Limits.Number(figures[0]), Limits.Number(figures[1]) }.FirstOrDefault(v => v is { } value && !limits.Hold(value));
            return Verdict.Of(wrong is null, () => $"The value of {check.FieldList}, {Share.Bound(wrong)}, is not {limits.Words}")
                with
            { Asserted = asserted, Anomalous = wrong is null ? 0 : null, Measurement = current };
        }

        // Without a previous measurement no change can be wrong.
        var previous = check.LastValue ?? check.Properties.Number("last_value");
        return limits.Change(previous, current) is not { } change || limits.Hold(change)
            ? Verdict.Pass with { Asserted = asserted, Anomalous = 0, Measurement = current }
            : Verdict.Fail($"{limits.Name} of {check.FieldList} from {Share.Bound(previous)} to {Share.Bound(current)} is {limits.Show(change)}, outside the declared limits: not {limits.Words}")
                with
            { Asserted = asserted, Measurement = current };
    }

    internal override IEnumerable<CheckFault> Review(CheckReview check) => Limits.Review(check);
}
