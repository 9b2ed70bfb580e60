using Assay.Quality.Checks;
using Assay.Quality.Scanning;

namespace Assay.Quality.Rules.Sets;

/// <summary>Asserts that the value is one of a list. Numbers compare as numbers and times as times. NULL passes: a missing value is not a wrong one.</summary>
internal sealed class ExpectedValues() : RecordRule(new("expectedValues", "Asserts that the value is one of a list.")
{
    FieldTypes = Rules.FieldTypes.Scalar,
    Weight = 2,
    InferenceLevel = 1,
    Elements = true,
    Inferred = InferredParts.Description | InferredParts.Properties | InferredParts.Coverage,
    Nulls = "NULL passes: a missing value is not a wrong one.",
    Properties = [Props.List("The values allowed.")],
})
{
    internal override string Broken(RowScope row) =>
        $"NOT ({ValueList.Comparable(row.Value, row.Properties)} IN ({string.Join(", ", ValueList.Constants(row.Value, row.Properties))}))";

    internal override Tail Tail(CheckScope check) => Scanning.Tail.Being("not in the list of expected values");

    internal override string RecordMessage(CheckScope check, string? value, Func<string, string?> record) =>
        $"The {check.FieldList} value of '{value}' is not in the list of expected values";

    internal override Suggestion? Suggest(CheckScope check, string? value) => ValueList.Nearest(check, value);

    internal override IEnumerable<CheckFault> Review(CheckReview check) => ValueList.Review(check);
}
