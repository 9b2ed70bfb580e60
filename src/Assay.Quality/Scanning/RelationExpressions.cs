using Assay.Quality.Expressions;

namespace Assay.Quality.Scanning;

/// <summary>Spark SQL over a relation, in the engine's words.</summary>
internal static class RelationExpressions
{
    extension(DescribedRelation relation)
    {
        /// <summary>A value of each record.</summary>
        /// <exception cref="ExpressionException">It does not translate.</exception>
        public SqlValue Translate(string text, ExpressionSettings settings) => Value(SparkExpression.Translate(text, relation.Columns, settings, ExpressionMode.Row, relation.From));

        /// <summary>A figure over all records.</summary>
        public SqlValue Aggregate(string text, ExpressionSettings settings) => Value(SparkExpression.Translate(text, relation.Columns, settings, ExpressionMode.Aggregate, relation.From));

        /// <summary>A condition on each record, in parentheses.</summary>
        public string Condition(string text, ExpressionSettings settings)
        {
            var condition = SparkExpression.Condition(text, relation.Columns, settings, relation.From);
            return condition.Fault is { } fault ? throw new ExpressionException(fault) : $"({condition.Sql})";
        }
    }

    private static SqlValue Value(SparkExpression expression) => expression.Fault is { } fault ? throw new ExpressionException(fault)
        : new(expression.Sql, expression.Type, expression.Type.Kind switch
        {
            SqlKind.Integer => FieldType.Integral,
            SqlKind.Decimal or SqlKind.Double or SqlKind.Float => FieldType.Fractional,
            SqlKind.Boolean => FieldType.Boolean,
            SqlKind.Date => FieldType.Date,
            SqlKind.Timestamp => FieldType.Timestamp,
            SqlKind.String => FieldType.String,
            _ => FieldType.Unknown,
        });
}
