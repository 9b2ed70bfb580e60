using Assay.Quality.Scanning;

namespace Assay.Quality.Rules.Presence;

/// <summary>Asserts that every one of the fields has a value. NULL is what it is about: it fails.</summary>
internal sealed class NotNull() : RecordRule(new("notNull", "Asserts that none of the selected fields is NULL.")
{
    Fields = FieldScope.Multi,
    FieldTypes = Rules.FieldTypes.Any,
    Weight = 1,
    InferenceLevel = 1,
    Elements = true,
    Inferred = InferredParts.Description | InferredParts.Coverage,
    Nulls = "NULL in any of the fields fails.",
})
{
    internal override string Broken(RowScope row) => string.Join(" OR ", row.Values.Select(v => v.IsNull));

    internal override Tail Tail(CheckScope check) => new("has no assigned value", "have no assigned value");

    internal override string RecordMessage(CheckScope check, string? value, Func<string, string?> record) =>
        $"There is no assigned value for {check.FieldList}";
}
