using Assay.Quality.Scanning;

namespace Assay.Quality.Rules.Text;

/// <summary>Asserts that the text can be read as a type, blanks around it aside. NULL passes: a missing value is not a wrong one.</summary>
internal sealed class IsType() : RecordRule(new("isType", "Asserts that the text can be read as a value of a type.")
{
    FieldTypes = Rules.FieldTypes.Text,
    Dimension = ScoreDimension.Conformity,
    Weight = 1,
    Elements = true,
    Inferred = InferredParts.Description | InferredParts.Properties,
    Nulls = "NULL passes: a missing value is not a wrong one.",
    Properties =
    [
        new("field_type", PropertyType.Enum, "Field Type")
        {
            Choices = [new("Integral", "Integral"), new("Fractional", "Fractional"), new("Boolean", "Boolean"), new("Date", "Date"), new("Timestamp", "Timestamp"), new("String", "String")],
            Info = "The type.",
        },
    ],
})
{
    internal override string Broken(RowScope row) =>
        $"{row.Value.IsNotNull} AND NOT {TextTypes.Reads(Type(row.Check), row.Value.SureText)}";

    internal override Tail Tail(CheckScope check) => new($"is not a valid {Type(check)}", $"are not a valid {Type(check)}");

    private static FieldType Type(CheckScope check) => Enum.Parse<FieldType>(check.Properties.Text("field_type")!, ignoreCase: true);
}
