using Assay.Quality.Scanning;

namespace Assay.Quality.Rules.Time;

/// <summary>Asserts that the field is not in the future. NULL passes: a missing value is not a wrong one.</summary>
internal sealed class NotFuture() : RecordRule(new("notFuture", "Asserts that the field is not in the future.")
{
    FieldTypes = Rules.FieldTypes.Times,
    Dimension = ScoreDimension.Precision,
    Weight = 2,
    InferenceLevel = 1,
    Elements = true,
    Inferred = InferredParts.Description,
    Nulls = "NULL passes: a missing value is not a wrong one.",
})
{
    internal override string Broken(RowScope row) => $"NOT ({row.Value.Time} <= {SqlValue.Constant(row.Settings.Now)})";

    private protected override bool KeepsInterval(RowScope row) => true;

    internal override Tail Tail(CheckScope check) => new("is in the future", "are future times");
}
