using Assay.Quality.Expressions;
using Assay.Quality.Scanning;

namespace Assay.Quality.Rules.Text;

/// <summary>Asserts that the text matches a regular expression; one without anchors may match anywhere in it. NULL passes: a missing value is not a wrong one.</summary>
internal sealed class MatchesPattern() : RecordRule(new("matchesPattern", "Asserts that the text matches a regular expression; one without anchors may match anywhere in it.")
{
    FieldTypes = Rules.FieldTypes.Text,
    Dimension = ScoreDimension.Conformity,
    Weight = 3,
    InferenceLevel = 2,
    Elements = true,
    Nulls = "NULL passes: a missing value is not a wrong one.",
    Properties = [new("pattern", PropertyType.String, "Pattern") { Pattern = true, Info = "A regular expression. Look-around and back references are not supported.", Placeholder = "^[A-Z]{2}-[0-9]+$" }],
})
{
    internal override string Broken(RowScope row) => $"NOT match({row.Value.Text}, {JavaPattern.Literal(row.Properties.Text("pattern")!)})";

    internal override Tail Tail(CheckScope check) => Scanning.Tail.DoesNot($"match the pattern {check.Properties.Text("pattern")}");
}
