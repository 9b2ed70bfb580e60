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
    Inferred = InferredParts.Description | InferredParts.Properties,
    Nulls = "NULL passes: a missing value is not a wrong one.",
    Properties = [new("pattern", PropertyType.String, "Pattern") { Pattern = true, Info = "A regular expression. Look-around and back references are not supported.", Placeholder = "^[A-Z]{2}-[0-9]+$" }],
})
{
    internal override string Broken(RowScope row) => $"NOT match({row.Value.Text}, {JavaPattern.Literal(row.Properties.Text("pattern")!)})";

    // Where there are very many different values, or long ones, it is true.
    internal override string DoubtByValue(RowScope row)
    {
        var text = row.Value.Text;
        var values = $"groupUniqArrayIf({MostValues})({text}, length({text}) <= {LongestValue})";
        return $"length({values}) >= {MostValues} OR ifNull(max(length({text})) > {LongestValue}, 0) OR arrayExists(v -> NOT match(v, {JavaPattern.Literal(row.Properties.Text("pattern")!)}), {values})";
    }

    /// <summary>So many values, of so many bytes each, are held in memory.</summary>
    private const int MostValues = 200_000, LongestValue = 64;

    internal override Tail Tail(CheckScope check) => Scanning.Tail.DoesNot($"match the pattern {check.Properties.Text("pattern")}");
}
