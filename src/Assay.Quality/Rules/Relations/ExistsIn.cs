using Assay.Quality.Scanning;

namespace Assay.Quality.Rules.Relations;

/// <summary>
/// Asserts that the value occurs in a field of another container.
/// NULL passes: a missing value refers to nothing.
/// </summary>
internal sealed class ExistsIn() : RecordRule(new("existsIn", "Asserts that the value occurs in a field of another container.")
{
    FieldTypes = Rules.FieldTypes.Scalar,
    Weight = 2,
    InferenceLevel = 4,
    Inferred = InferredParts.Description | InferredParts.Properties,
    Nulls = "NULL passes: a missing value refers to nothing.",
    Properties =
    [
        Props.ReferenceDatastore, Props.ReferenceContainer,
        new("field_name", PropertyType.Field, "Reference Field") { Info = "The field of the other container." },
        Props.ReferenceFilter,
    ],
})
{
    internal override string Broken(RowScope row) => $"NOT {ReferencedValues.Contain(row)}";

    internal override Tail Tail(CheckScope check) => Scanning.Tail.DoesNot($"exist in `{check.Properties.Text("field_name")}`{ReferencedValues.Where(check)}");
}
