using Assay.Quality.Scanning;

namespace Assay.Quality.Rules.Bounds;

/// <summary>Asserts that the field is at least a minimum value. NULL passes: a missing value is not a wrong one.</summary>
internal sealed class MinValue() : RecordRule(new("minValue", "Asserts that the field is at least a minimum value.")
{
    FieldTypes = Rules.FieldTypes.Numeric,
    Dimension = ScoreDimension.Precision,
    Weight = 1,
    Elements = true,
    Nulls = "NULL passes: a missing value is not a wrong one.",
    Properties = [Props.Value("The smallest value allowed.")],
})
{
    internal override string Broken(RowScope row) => $"NOT ({row.Value.Number} >= {row.Value.Constant(row.Properties.Number("value")!.Value)})";

    private protected override bool KeepsInterval(RowScope row) => true;

    internal override Tail Tail(CheckScope check) => Scanning.Tail.Being($"less than the min value of {Share.Bound(check.Properties.Number("value"))}");
}
