using Assay.Quality.Scanning;

namespace Assay.Quality.Rules.Aggregates;

/// <summary>
/// Asserts how an aggregate of the container compares with an aggregate of another one. NULL follows the aggregates, which leave it out; a result
/// of NULL on either side fails, except that two NULLs are equal.
/// </summary>
internal sealed class AggregationComparison() : StatementRule(new(
    "aggregationComparison", "Asserts how an aggregate of the container compares with an aggregate of another container.")
{
    Fields = FieldScope.Calculated,
    SupportsCoverage = false,
    Anomaly = AnomalyKind.Shape,
    Weight = 3,
    Nulls = "Aggregates leave NULL out; a result of NULL on one side fails.",
    Properties =
    [
        new("expression", PropertyType.SparkSql, "Target Aggregation") { Info = "An aggregate over the container, such as SUM(amount).", Placeholder = "SUM(amount)" },
        Props.Comparison(Props.Orders), Props.ReferenceDatastore, Props.ReferenceContainer,
        new("ref_expression", PropertyType.SparkSql, "Reference Aggregation") { Info = "An aggregate over the other container." },
        Props.ReferenceFilter,
    ],
})
{
    internal override async Task<Verdict> RunAsync(StatementScope scope, CancellationToken cancellation)
    {
        var (row, properties) = (scope.Row, scope.Row.Properties);
        if (row.Reference is not { } reference) return Verdict.NotAsserted("The referenced container could not be read.");
        var target = row.Rows.Aggregate(properties.Text("expression")!, row.Settings);
        var other = reference.Aggregate(properties.Text("ref_expression")!, row.Settings);
        var filter = properties.Text("ref_filter") is { Length: > 0 } text ? $" WHERE {reference.Condition(text, row.Settings)}" : "";
        var order = Orders.Of(properties);
        var sides = $"(SELECT {target.Sql} FROM {row.Rows.From} WHERE {row.Filter}) AS a, (SELECT {other.Sql} FROM {reference.From}{filter}) AS b";
        var comparison = target.Type.IsNumeric && other.Type.IsNumeric ? "" : "toString";
        var result = await scope.RowAsync(
            $"WITH {sides} SELECT multiIf(isNull(a) AND isNull(b), 0, isNull(a) OR isNull(b), NULL, {comparison}(a) < {comparison}(b), -1, {comparison}(a) > {comparison}(b), 1, 0), toString(a), toString(b)",
            cancellation);
        var passed = result[0] is { } sign && Orders.Holds(order, System.Convert.ToInt32(sign, null));
        return Verdict.Of(passed, () =>
            $"`{properties.Text("expression")}` is not {Orders.Words(order)} `{properties.Text("ref_expression")}`: {result[1] ?? "NULL"} and {result[2] ?? "NULL"}") with
        { Asserted = scope.Asserted };
    }
}
