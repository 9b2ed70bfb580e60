using Assay.Quality.Scanning;

namespace Assay.Quality.Rules.Text;

/// <summary>Asserts that the text contains a URL with its scheme. NULL passes: a missing value is not a wrong one.</summary>
internal sealed class ContainsUrl() : RecordRule(new("containsUrl", "Asserts that the text contains a URL with its scheme.")
{
    FieldTypes = Rules.FieldTypes.Text,
    Dimension = ScoreDimension.Conformity,
    Weight = 2,
    Elements = true,
    Nulls = "NULL passes: a missing value is not a wrong one.",
})
{
    internal override string Broken(RowScope row) => $"{row.Value.IsNotNull} AND NOT match({row.Value.SureText}, {TextPatterns.Url})";

    internal override Tail Tail(CheckScope check) => Scanning.Tail.DoesNot("contain a valid URL");
}
