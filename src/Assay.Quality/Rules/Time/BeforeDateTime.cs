using Assay.Quality.Scanning;

namespace Assay.Quality.Rules.Time;

/// <summary>Asserts that the field is earlier than a moment; the moment itself fails. NULL passes: a missing value is not a wrong one.</summary>
internal sealed class BeforeDateTime() : RecordRule(new("beforeDateTime", "Asserts that the field is earlier than a moment; the moment itself fails.")
{
    FieldTypes = Rules.FieldTypes.Times,
    Dimension = ScoreDimension.Precision,
    Weight = 1,
    InferenceLevel = 3,
    Elements = true,
    Nulls = "NULL passes: a missing value is not a wrong one.",
    Properties = [Props.DateTime("The moment to compare with.")],
})
{
    internal override string Broken(RowScope row) => $"NOT ({row.Value.Time} < {SqlValue.Constant(row.Properties.Time("datetime")!.Value)})";

    private protected override bool KeepsInterval(RowScope row) => true;

    internal override Tail Tail(CheckScope check) => Scanning.Tail.Being($"not earlier than {Share.Time(check.Properties.Time("datetime"))}");
}
