using Assay.Quality.Checks;
using Assay.Quality.Scanning;

namespace Assay.Quality.Rules.Sets;

/// <summary>Asserts that each value of a list occurs. NULL is no value: it stands for none of the list.</summary>
internal sealed class RequiredValues() : AggregateRule(new("requiredValues", "Asserts that each value of a list occurs at least once.")
{
    FieldTypes = Rules.FieldTypes.Scalar,
    Anomaly = AnomalyKind.Shape,
    SupportsCoverage = false,
    Weight = 2,
    Nulls = "NULL is no value: it stands for none of the list.",
    Properties = [Props.List("The values that have to occur.")],
})
{
    internal override IReadOnlyList<string> Figures(RowScope row)
    {
        var value = ValueList.Comparable(row.Value, row.Properties);
        var constants = ValueList.Constants(row.Value, row.Properties);
        var listed = $"({value} IN ({string.Join(", ", constants)}))";
        var found = row.Filter == "1" ? $"groupUniqArrayIf({value}, {listed})" : $"groupUniqArrayIf({value}, {listed} AND {row.Filter})";
        return [$"arrayMap(wanted -> has({found}, wanted), [{string.Join(", ", constants)}])"];
    }

    internal override Verdict Judge(CheckScope check, long asserted, IReadOnlyList<object?> figures)
    {
        var found = ((IEnumerable<object?>)figures[0]!).Select(f => System.Convert.ToInt64(f, null) != 0);
        var missing = check.Properties.List("list").Zip(found).Where(p => !p.Second).Select(p => $"'{p.First}'").ToList();
        return Verdict.Of(missing.Count == 0, () =>
            $"In {check.FieldList}, required values are missing in the sample of {asserted} records: {string.Join(", ", missing)}") with
        { Asserted = asserted };
    }

    internal override IEnumerable<CheckFault> Review(CheckReview check) => ValueList.Review(check);
}
