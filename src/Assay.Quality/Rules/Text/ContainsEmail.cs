using Assay.Quality.Scanning;

namespace Assay.Quality.Rules.Text;

/// <summary>Asserts that the text contains an e-mail address. NULL passes: a missing value is not a wrong one.</summary>
internal sealed class ContainsEmail() : RecordRule(new("containsEmail", "Asserts that the text contains an e-mail address.")
{
    FieldTypes = Rules.FieldTypes.Text,
    Dimension = ScoreDimension.Conformity,
    Weight = 2,
    Elements = true,
    Nulls = "NULL passes: a missing value is not a wrong one.",
})
{
    internal override string Broken(RowScope row) => $"{row.Value.IsNotNull} AND NOT match({row.Value.SureText}, {TextPatterns.Email})";

    internal override Tail Tail(CheckScope check) => Scanning.Tail.DoesNot("contain an email address");
}
