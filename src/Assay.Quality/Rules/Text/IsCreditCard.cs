using Assay.Quality.Scanning;

namespace Assay.Quality.Rules.Text;

/// <summary>Asserts that the text is the number of a payment card: 13 to 19 digits with a right check digit. NULL passes: a missing value is not a wrong one.</summary>
internal sealed class IsCreditCard() : RecordRule(new("isCreditCard", "Asserts that the text is the number of a payment card: 13 to 19 digits with a right check digit.")
{
    FieldTypes = Rules.FieldTypes.Text,
    Dimension = ScoreDimension.Conformity,
    Weight = 2,
    Elements = true,
    Nulls = "NULL passes: a missing value is not a wrong one.",
})
{
    internal override string Broken(RowScope row) => $"{row.Value.IsNotNull} AND NOT {TextPatterns.IsCreditCard(row.Value.SureText)}";

    internal override Tail Tail(CheckScope check) => new("is not a credit card number", "are not credit card numbers");
}
