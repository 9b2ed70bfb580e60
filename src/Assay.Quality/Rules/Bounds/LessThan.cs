using Assay.Quality.Scanning;

namespace Assay.Quality.Rules.Bounds;

/// <summary>Asserts that the field is a number less than a value, or equal to it where inclusive. NULL passes: a missing value is not a wrong one.</summary>
internal sealed class LessThan() : RecordRule(new("lessThan", "Asserts that the field is a number less than a value, or equal to it where inclusive.")
{
    FieldTypes = Rules.FieldTypes.Numeric,
    Dimension = ScoreDimension.Precision,
    InferenceLevel = 3,
    Elements = true,
    Nulls = "NULL passes: a missing value is not a wrong one.",
    Properties = [Props.Value("The bound."), Props.Inclusive, Comparators.Numeric],
})
{
    internal override string Broken(RowScope row) => $"NOT {Comparators.Of(row.Properties).Beyond("<", row.Properties.Flag("inclusive"), row.Value.Number, row.Value.Constant(row.Properties.Number("value")!.Value), numbers: true)}";

    private protected override bool KeepsInterval(RowScope row) => Comparators.Of(row.Properties).Epsilon is null;

    internal override Tail Tail(CheckScope check) => Scanning.Tail.Being($"not less than {Share.Bound(check.Properties.Number("value"))}");
}
