using Assay.Quality.Scanning;

namespace Assay.Quality.Rules.Presence;

/// <summary>Asserts that at least one of the fields has a value. NULL in all of them fails.</summary>
internal sealed class AnyNotNull() : RecordRule(new("anyNotNull", "Asserts that at least one of the selected fields holds a value.")
{
    Fields = FieldScope.Multi,
    FieldTypes = Rules.FieldTypes.Any,
    Weight = 2,
    InferenceLevel = 1,
    Inferred = InferredParts.Description,
    Nulls = "NULL in all of the fields fails.",
})
{
    internal override string Broken(RowScope row) => string.Join(" AND ", row.Values.Select(v => v.IsNull));

    internal override Tail Tail(CheckScope check) => new("has no value set for any of the fields", "have no value set for any of the fields");

    internal override string RecordMessage(CheckScope check, string? value, Func<string, string?> record) =>
        $"There is no value set for any of the fields in {check.FieldList}";
}
