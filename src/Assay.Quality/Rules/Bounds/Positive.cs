using Assay.Quality.Scanning;

namespace Assay.Quality.Rules.Bounds;

/// <summary>Asserts that the field is a positive number. NULL passes: a missing value is not a wrong one.</summary>
internal sealed class Positive() : RecordRule(new("positive", "Asserts that the field is a positive number.")
{
    FieldTypes = Rules.FieldTypes.Numeric,
    Dimension = ScoreDimension.Precision,
    Weight = 1,
    Elements = true,
    Nulls = "NULL passes: a missing value is not a wrong one.",
})
{
    internal override string Broken(RowScope row) => $"NOT ({row.Value.Number} > 0)";

    private protected override bool KeepsInterval(RowScope row) => true;

    internal override Tail Tail(CheckScope check) => new("is not a positive number", "are not positive numbers");
}
