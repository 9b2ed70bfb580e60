using Assay.Quality.Scanning;

namespace Assay.Quality.Rules.Text;

/// <summary>Asserts that the text has at most a number of characters. NULL passes: a missing value is not a wrong one.</summary>
internal sealed class MaxLength() : RecordRule(new("maxLength", "Asserts that the text has at most a number of characters.")
{
    FieldTypes = Rules.FieldTypes.Text,
    Dimension = ScoreDimension.Conformity,
    Weight = 1,
    Elements = true,
    Nulls = "NULL passes: a missing value is not a wrong one.",
    Properties = [Props.Count("The most characters allowed.")],
})
{
    internal override string Broken(RowScope row) => $"lengthUTF8({row.Value.Text}) > {Share.Plain(row.Properties.Number("value"))}";

    internal override string? Doubt(RowScope row) => $"ifNull(max(lengthUTF8({row.Value.Text})) > {Share.Plain(row.Properties.Number("value"))}, 0)";

    internal override Tail Tail(CheckScope check) => Scanning.Tail.Being($"longer than the max length of {Share.Plain(check.Properties.Number("value"))}");

    internal override string RecordMessage(CheckScope check, string? value, Func<string, string?> record) =>
        $"The {check.FieldList} length of {Shown(value)} is greater than the max length of {Share.Plain(check.Properties.Number("value"))}";
}
