using Assay.Quality.Scanning;

namespace Assay.Quality.Rules.Text;

/// <summary>Asserts that the text contains the number of a payment card. NULL passes: a missing value is not a wrong one.</summary>
internal sealed class ContainsCreditCard() : RecordRule(new("containsCreditCard", "Asserts that the text contains the number of a payment card.")
{
    FieldTypes = Rules.FieldTypes.Text,
    Dimension = ScoreDimension.Conformity,
    Weight = 2,
    Elements = true,
    Nulls = "NULL passes: a missing value is not a wrong one.",
})
{
    internal override string Broken(RowScope row) => $"{row.Value.IsNotNull} AND NOT match({row.Value.SureText}, {TextPatterns.CreditCard})";

    internal override Tail Tail(CheckScope check) => Scanning.Tail.DoesNot("contain a credit card number");
}
