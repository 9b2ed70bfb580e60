using Assay.Quality.Scanning;

namespace Assay.Quality.Rules.Aggregates;

/// <summary>Asserts how many different values a field has, approximately above some hundred thousands and exactly below. NULL is no value.</summary>
internal sealed class DistinctCount() : AggregateRule(new("distinctCount", "Asserts how many different values a field has.")
{
    FieldTypes = Rules.FieldTypes.Any,
    Anomaly = AnomalyKind.Shape,
    SupportsCoverage = false,
    Weight = 1,
    Nulls = "NULL is no value and is not counted.",
    Properties = [Props.Count("The count to compare with."), Props.Comparison(Props.Orders) with { Required = false, Default = "eq" }],
})
{
    // Exact up to 65,536 values, and of constant memory beyond.
    internal override IReadOnlyList<string> Figures(RowScope row) => [row.Aggregate("uniqCombined64(20)", row.Value.Sql).Replace("uniqCombined64(20)If(", "uniqCombined64If(20)(", StringComparison.Ordinal)];

    internal override Verdict Judge(CheckScope check, long asserted, IReadOnlyList<object?> figures)
    {
        var count = System.Convert.ToDecimal(figures[0], null);
        var (order, wanted) = (Orders.Of(check.Properties), check.Properties.Number("value")!.Value);
        return Verdict.Of(Orders.Holds(order, count.CompareTo(wanted)), () =>
            $"In {check.FieldList}, the distinct count of the records is not {(order == "eq" ? "" : Orders.Words(order) + " ")}{Share.Plain(wanted)}: it is {Share.Plain(count)}")
            with
        { Asserted = asserted, Measurement = count };
    }
}
