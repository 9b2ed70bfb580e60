using Assay.Quality.Expressions;

namespace Assay.Quality.Computed.Fields;

/// <summary>A field by an expression of Spark SQL over the others, window functions included.</summary>
internal static class ExpressionField
{
    private const string Expression = "column_expression";

    public static FieldTransformation Spec { get; } = new("customExpression", "An expression of Spark SQL over the container's fields; window functions are allowed.",
        FieldTransformation.None, [], [new(Expression, "text", true, "The expression.")]);

    public static FormulaSql Write(FieldFormula formula, IReadOnlyList<ExpressionColumn> columns, ExpressionSettings settings)
    {
        if (formula.Fault(Spec) is { } fault) return new FormulaSql("", [], fault);
        var written = SparkExpression.Translate(formula.Text(Expression)!, columns, settings, ExpressionMode.Select);
        return written.Fault is { } wrong ? FormulaSql.Wrong($"properties.{Expression}", wrong.ToString(), wrong.Position) : new FormulaSql(written.Sql, written.Uses, null);
    }
}
