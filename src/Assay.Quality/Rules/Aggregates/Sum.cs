using Assay.Quality.Checks;
using Assay.Quality.Expressions;
using Assay.Quality.Scanning;

namespace Assay.Quality.Rules.Aggregates;

/// <summary>Asserts that the sum of a field is exactly a number. NULL adds nothing.</summary>
internal sealed class Sum() : AggregateRule(new("sum", "Asserts that the sum of a field is exactly a number.")
{
    FieldTypes = Rules.FieldTypes.Numeric,
    Anomaly = AnomalyKind.Shape,
    Dimension = ScoreDimension.Precision,
    Weight = 1,
    Nulls = "NULL adds nothing; the sum of no values is 0.",
    Properties = [Props.Value("The sum.")],
})
{
    internal override IReadOnlyList<string> Figures(RowScope row)
    {
        // Exact types are added exactly; the sum of doubles depends on their order by a few units in the last place.
        var exact = row.Value.Type.Kind is SqlKind.Integer or SqlKind.Decimal;
        var number = exact ? $"toDecimal256({row.Value.Number}, {(row.Value.Type.Kind == SqlKind.Decimal ? row.Value.Type.Scale : 0)})" : row.Value.Number;
        return [$"toString({row.Aggregate(exact ? "sum" : "sumKahan", number)})"];
    }

    internal override Verdict Judge(CheckScope check, long asserted, IReadOnlyList<object?> figures)
    {
        var wanted = check.Properties.Number("value")!.Value;
        var text = (string?)figures[0] ?? "0";
        var sum = CheckProperties.NumberOf(text);
        var passed = sum is { } number && Math.Abs(number - wanted) <= Math.Abs(wanted) * 1e-12m;
        return Verdict.Of(passed, () => $"The {check.FieldList} sum of the {asserted} records is not {Share.Bound(wanted)}") with { Asserted = asserted, Measurement = sum };
    }
}
