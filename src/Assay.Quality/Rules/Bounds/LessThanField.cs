using Assay.Quality.Checks;
using Assay.Quality.Scanning;

namespace Assay.Quality.Rules.Bounds;

/// <summary>
/// Asserts that the field is less than another field of the record, or equal to it where inclusive.
/// NULL in either field passes: nothing is known about their order.
/// </summary>
internal sealed class LessThanField() : RecordRule(new("lessThanField", "Asserts that the field is less than another field of the record, or equal to it where inclusive.")
{
    FieldTypes = Rules.FieldTypes.Ordered,
    Dimension = ScoreDimension.Precision,
    Weight = 2,
    InferenceLevel = 3,
    Inferred = InferredParts.Description | InferredParts.Properties,
    Nulls = "NULL in either field passes: nothing is known about their order.",
    Properties = [Props.OtherField(Rules.FieldTypes.Ordered), Props.Inclusive, Comparators.Numeric, Comparators.Duration],
})
{
    internal override string Broken(RowScope row)
    {
        var other = row.Field(row.Properties.Text("field_name")!);
        var numbers = row.Value.IsNumber;
        return "NOT " + Comparators.Of(row.Properties).Beyond(
            "<", row.Properties.Flag("inclusive"), numbers ? row.Value.Number : row.Value.Time, numbers ? other.Number : other.Time, numbers);
    }

    internal override Tail Tail(CheckScope check) => Scanning.Tail.Being($"not less than the value of `{check.Properties.Text("field_name")}`");

    internal override IEnumerable<CheckFault> Review(CheckReview check) => FieldPair.SameFamily(check);
}
