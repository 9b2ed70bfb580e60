using Assay.Quality.Checks;
using Assay.Quality.Scanning;

namespace Assay.Quality.Rules.Bounds;

/// <summary>Asserts that the field equals another field of the record. NULL in either field passes: nothing is known about it.</summary>
internal sealed class EqualToField() : RecordRule(new("equalToField", "Asserts that the field equals another field of the record.")
{
    FieldTypes = [.. Rules.FieldTypes.Ordered, FieldType.String],
    Dimension = ScoreDimension.Precision,
    Weight = 2,
    InferenceLevel = 3,
    Inferred = InferredParts.Description | InferredParts.Properties,
    Nulls = "NULL in either field passes: nothing is known about it.",
    Properties =
    [
        Props.OtherField([.. Rules.FieldTypes.Ordered, FieldType.String]), Props.Inclusive,
        Comparators.Numeric, Comparators.Duration, Comparators.Text,
    ],
})
{
    internal override string Broken(RowScope row) =>
        $"NOT {Comparators.Of(row.Properties).Equal(row.Value, row.Field(row.Properties.Text("field_name")!))}";

    internal override Tail Tail(CheckScope check) => Scanning.Tail.Being($"not equal to the value of `{check.Properties.Text("field_name")}`");

    internal override string RecordMessage(CheckScope check, string? value, Func<string, string?> record) =>
        $"{base.RecordMessage(check, value, record)}, which is {Shown(record(check.Properties.Text("field_name")!))}";

    internal override IEnumerable<CheckFault> Review(CheckReview check) => FieldPair.SameFamily(check);
}
