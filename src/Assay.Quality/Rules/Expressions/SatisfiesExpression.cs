using Assay.Quality.Scanning;

namespace Assay.Quality.Rules.Expressions;

/// <summary>Asserts that a Spark SQL condition is true for the record. A condition that is NULL does not fail.</summary>
internal sealed class SatisfiesExpression() : RecordRule(new("satisfiesExpression", "Asserts that a Spark SQL condition is true for the record.")
{
    Fields = FieldScope.Calculated,
    Weight = 3,
    Inferred = InferredParts.Description | InferredParts.Properties,
    Nulls = "A condition that is NULL does not fail.",
    Properties = [new("expression", PropertyType.SparkSql, "Expression") { Info = "A Spark SQL condition.", Placeholder = "amount >= 0 AND status IN ('open', 'closed')" }],
})
{
    internal override string Broken(RowScope row) => $"NOT ({row.Rows.Condition(row.Properties.Text("expression")!, row.Settings)})";

    internal override Tail Tail(CheckScope check) => Scanning.Tail.DoesNot($"satisfy the expression: {check.Properties.Text("expression")}");

    internal override string RecordMessage(CheckScope check, string? value, Func<string, string?> record) =>
        $"The record does not satisfy the expression: {check.Properties.Text("expression")}";

    internal override string ShapeMessage(CheckScope check, long asserted, long broken) =>
        $"{Share.Text(broken, asserted)} of {asserted} filtered records ({broken}) do not satisfy the expression: {check.Properties.Text("expression")}";
}
