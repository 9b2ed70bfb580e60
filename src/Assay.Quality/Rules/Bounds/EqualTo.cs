using Assay.Quality.Scanning;

namespace Assay.Quality.Rules.Bounds;

/// <summary>Asserts that all of the fields equal a number. NULL passes: a missing value is not a wrong one.</summary>
internal sealed class EqualTo() : RecordRule(new("equalTo", "Asserts that all of the selected fields equal a number.")
{
    Fields = FieldScope.Multi,
    FieldTypes = Rules.FieldTypes.Numeric,
    Dimension = ScoreDimension.Precision,
    Weight = 2,
    Elements = true,
    Nulls = "NULL passes: a missing value is not a wrong one.",
    Properties = [Props.Value("The number that every field has to equal."), Props.Inclusive, Comparators.Numeric],
})
{
    internal override string Broken(RowScope row)
    {
        var comparators = Comparators.Of(row.Properties);
        var value = row.Properties.Number("value")!.Value;
        // A NULL among the fields must not hide that another one is wrong.
        return string.Join(" OR ", row.Values.Select(v => $"ifNull(NOT {comparators.EqualNumbers(v.Number, v.Constant(value))}, 0)"));
    }

    internal override Tail Tail(CheckScope check) => Scanning.Tail.Being($"not equal to {Share.Bound(check.Properties.Number("value"))}");

    internal override string RecordMessage(CheckScope check, string? value, Func<string, string?> record) => check.Check.Fields.Count == 1
        ? base.RecordMessage(check, value, record)
        : $"Not all of the fields {check.FieldList} equal {Share.Bound(check.Properties.Number("value"))}";
}
