using Assay.Engine;
using Assay.Quality.Expressions.Syntax;

namespace Assay.Quality.Expressions.Translation;

/// <summary>What sub-queries are worth in an expression, with Spark's meaning of NULL.</summary>
internal static class SubqueryTerms
{
    /// <summary>The only value of the only row, NULL where there is none; the engine refuses several.</summary>
    public static Term Scalar(SubqueryNode node, Subquery query)
    {
        var (column, type) = Only(node, query, "A sub-query that stands for a value");
        // What the engine cannot make NULL is empty where there is no row.
        var sql = type.Kind is SqlKind.Array or SqlKind.Map or SqlKind.Struct
            ? $"(SELECT arrayJoin(arrayResize(a, greatest(length(a), 1))) FROM (SELECT groupArray(2)({column}) AS a FROM ({query.Sql})))"
            : $"(SELECT {column} FROM ({query.Sql}))";
        return new(sql, type, node);
    }

    public static Term Exists(ExistsNode node, Subquery query) => new($"(1 IN (SELECT 1 FROM ({query.Sql}) LIMIT 1))", SqlType.Boolean, node);

    /// <summary>
    /// True where the value is among the sub-query's, NULL where it is not but may be: where it is NULL, or one of them is. The engine's IN passes over NULLs,
    /// and rounds decimals to the other side's digits. So the values are compared as texts, in a set that says too whether there is any row (<c>*</c>) and any NULL (an empty text):
    /// the first of the two texts that is in it decides. <c>-</c> never is.
    /// </summary>
    public static Term In(InQueryNode node, Term operand, Subquery query)
    {
        var (column, type) = Only(node.Query, query, "The sub-query behind IN");
        var item = new Term(column, type, node.Query);
        var (value, listed) = Coercion.Pair(operand, item);
        var kind = Coercion.Comparable(operand, item).Kind;
        var sql = $"[0, 1, NULL][arrayFirstIndex(k -> (k IN (SELECT arrayJoin(['*', ifNull(concat('=', {Text(listed, kind)}), '')]) FROM ({query.Sql}))), "
            + $"[ifNull(concat('=', {Text(value, kind)}), '-'), if(isNull({value}), '*', '')]) + 1]";
        return new(node.Negated ? $"(NOT {sql})" : sql, SqlType.Boolean, node);
    }

    private static (string Column, SqlType Type) Only(Node node, Subquery query, string what) => query.Columns is [var (name, type)]
        ? (EngineName.Quote(name), type)
        : throw new ExpressionException(node.Position, $"{what} has one column; this one has {query.Columns.Count}");

    /// <summary>Equal values have equal texts.</summary>
    private static string Text(string sql, SqlKind kind) => kind switch
    {
        SqlKind.Boolean => $"toString(toUInt8({sql}))",
        SqlKind.Double or SqlKind.Float => $"toString({sql} + 0)", // there are two zeros
        SqlKind.Date => $"toString(toDate32({sql}))",
        SqlKind.Timestamp => $"toString(toDateTime64({sql}, 6, 'UTC'))",
        _ => $"toString({sql})",
    };
}
