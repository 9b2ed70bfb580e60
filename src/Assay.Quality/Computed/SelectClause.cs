using Assay.Engine;
using Assay.Quality.Expressions;

namespace Assay.Quality.Computed;

/// <summary>A SELECT of computed containers: expressions of Spark SQL over the columns of a relation, in the engine's words.</summary>
/// <param name="Sql">The statement; empty where there is a fault.</param>
/// <param name="Member">Which clause is at fault: <c>select_clause</c>, <c>where_clause</c> or <c>group_by_clause</c>.</param>
/// <param name="Fault">What is wrong; null where nothing is.</param>
public sealed record SelectClause(string Sql, string? Member, string? Fault)
{
    /// <summary>By the name of each column of the result, the columns of the relation that its values come from.</summary>
    public IReadOnlyDictionary<string, IReadOnlyCollection<string>> Origins { get; init; } = new Dictionary<string, IReadOnlyCollection<string>>();

    /// <summary>The columns of the relation that decide which rows there are.</summary>
    public IReadOnlyCollection<string> Tested { get; init; } = [];

    /// <summary>The columns of the relation that something is computed from by which its rows are grouped; what is grouped by as it is does not count.</summary>
    public IReadOnlyCollection<string> Grouped { get; init; } = [];

    /// <param name="select">Expressions separated by commas, each perhaps with <c>AS name</c> or a name alone; <c>*</c> for every column.</param>
    /// <param name="where">A condition, or null.</param>
    /// <param name="groupBy">Expressions separated by commas, or null.</param>
    /// <param name="relation">What stands behind FROM.</param>
    public static SelectClause Write(
        string select, string? where, string? groupBy, IReadOnlyList<ExpressionColumn> columns, string relation, ExpressionSettings settings)
    {
        var items = new List<string>();
        var origins = new Dictionary<string, IReadOnlyCollection<string>>(StringComparer.Ordinal);
        IReadOnlyCollection<string> tested = [];
        var grouped = new List<string>();
        foreach (var part in ClauseParts.Split(select, settings))
        {
            if (part.Expression == "*")
            {
                foreach (var column in columns)
                    if (origins.TryAdd(column.Name, [column.Name])) items.Add($"{column.Sql} AS {EngineName.Quote(column.Name)}");
                continue;
            }
            if (part.Expression.Length == 0) return Wrong("select_clause", "An expression is missing");
            var term = SparkExpression.Translate(part.Expression, columns, settings, ExpressionMode.Query);
            if (term.Fault is { } fault) return Wrong("select_clause", $"{part.Expression}: {fault}");
            if (!origins.TryAdd(part.Name, term.Uses)) return Wrong("select_clause", $"Two columns would be called '{part.Name}'");
            items.Add($"{term.Sql} AS {EngineName.Quote(part.Name)}");
        }
        if (items.Count == 0) return Wrong("select_clause", "There is no column");
        var sql = $"SELECT {string.Join(", ", items)} FROM {relation}";
        if (!string.IsNullOrWhiteSpace(where))
        {
            var condition = SparkExpression.Condition(where, columns, settings);
            if (condition.Fault is { } fault) return Wrong("where_clause", fault.ToString());
            tested = condition.Uses;
            sql += $" WHERE {condition.Sql}";
        }
        if (!string.IsNullOrWhiteSpace(groupBy))
        {
            var keys = new List<string>();
            foreach (var part in ClauseParts.Split(groupBy, null))
            {
                var key = SparkExpression.Translate(part.Expression, columns, settings);
                if (key.Fault is { } fault) return Wrong("group_by_clause", $"{part.Expression}: {fault}");
                keys.Add(key.Sql);
                if (columns.All(c => c.Sql != key.Sql)) grouped.AddRange(key.Uses);
            }
            sql += $" GROUP BY {string.Join(", ", keys)}";
        }
        // A column that is called as one of the relation's must not take its place in the other clauses.
        return new($"{sql} SETTINGS prefer_column_name_to_alias = 1, join_use_nulls = 1", null, null) { Origins = origins, Tested = tested, Grouped = grouped };
    }

    private static SelectClause Wrong(string member, string fault) => new("", member, fault);
}
