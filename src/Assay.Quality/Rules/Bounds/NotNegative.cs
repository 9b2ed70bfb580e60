using Assay.Quality.Scanning;

namespace Assay.Quality.Rules.Bounds;

/// <summary>Asserts that the field is not a negative number. NULL passes: a missing value is not a wrong one.</summary>
internal sealed class NotNegative() : RecordRule(new("notNegative", "Asserts that the field is not a negative number.")
{
    FieldTypes = Rules.FieldTypes.Numeric,
    Dimension = ScoreDimension.Precision,
    Weight = 1,
    InferenceLevel = 1,
    Elements = true,
    Inferred = InferredParts.Description,
    Nulls = "NULL passes: a missing value is not a wrong one.",
})
{
    internal override string Broken(RowScope row) => $"NOT ({row.Value.Number} >= 0)";

    private protected override bool KeepsInterval(RowScope row) => true;

    internal override Tail Tail(CheckScope check) => new("is a negative number", "are negative numbers");
}
