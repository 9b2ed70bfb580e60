using Assay.Quality.Scanning;

namespace Assay.Quality.Rules.Bounds;

/// <summary>Asserts that the field is at most a maximum value. NULL passes: a missing value is not a wrong one.</summary>
internal sealed class MaxValue() : RecordRule(new("maxValue", "Asserts that the field is at most a maximum value.")
{
    FieldTypes = Rules.FieldTypes.Numeric,
    Dimension = ScoreDimension.Precision,
    Weight = 1,
    Elements = true,
    Nulls = "NULL passes: a missing value is not a wrong one.",
    Properties = [Props.Value("The largest value allowed.")],
})
{
    internal override string Broken(RowScope row) => $"NOT ({row.Value.Number} <= {row.Value.Constant(row.Properties.Number("value")!.Value)})";

    private protected override bool KeepsInterval(RowScope row) => true;

    internal override Tail Tail(CheckScope check) => Scanning.Tail.Being($"greater than the max value of {Share.Bound(check.Properties.Number("value"))}");
}
