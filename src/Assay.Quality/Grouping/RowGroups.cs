using Assay.Engine;
using Assay.Quality.Expressions;
using Assay.Quality.Scanning;

namespace Assay.Quality.Grouping;

/// <summary>The groups that rows fall into by the values of some of their fields.</summary>
/// <param name="Groups">The largest ones, largest first.</param>
/// <param name="Count">How many there are in all.</param>
/// <param name="Fault">Why there are none; null where there are.</param>
public sealed record RowGroups(IReadOnlyList<RowGroup> Groups, long Count, string? Fault)
{
    /// <summary>Looks for the groups, by one statement on the engine, or two where there are more than are wanted.</summary>
    /// <param name="fields">Numbers without fraction, texts, booleans, dates and times.</param>
    /// <param name="most">Groups wanted at most.</param>
    /// <exception cref="EngineException">The rows cannot be read.</exception>
    public static async Task<RowGroups> FindAsync(
        IEngine engine, Relation rows, IReadOnlyList<string> fields, int most, DateTimeOffset now, CancellationToken cancellation)
    {
        var described = await DescribedRelation.OfAsync(engine, rows, cancellation);
        var keys = fields.Select(f => GroupKey.Of(f, described.Value(f))).ToList();
        var by = string.Join(", ", keys.Select((_, i) => $"assay_{i}"));
        var grouped = $"SELECT {string.Join(", ", keys.Select((k, i) => $"{k.Sql} AS assay_{i}"))}, count() AS assay_n FROM {described.From} GROUP BY {by}";
        var found = await engine.ListAsync(rows.Bind(new EngineQuery($"{grouped} ORDER BY assay_n DESC, {by} LIMIT {most + 1}")), cancellation);
        try
        {
            var groups = found.Take(most).Select(row => Group(described, [.. keys.Select((k, i) => k.Condition(row.GetText(i)))], row.Get<long>(keys.Count), now)).ToList();
            return new(groups, found.Count <= most ? found.Count : await engine.ScalarAsync<long>(rows.Bind(new EngineQuery($"SELECT toInt64(count()) FROM ({grouped})")), cancellation), null);
        }
        catch (ExpressionException problem)
        {
            return new([], 0, problem.Message);
        }
    }

    private static RowGroup Group(DescribedRelation rows, IReadOnlyList<string> conditions, long count, DateTimeOffset now)
    {
        var filter = string.Join(" AND ", conditions);
        var written = FilteredRows.Of(rows.Columns, filter, now);
        return written.Fault is { } fault ? throw new ExpressionException(fault) : new RowGroup(filter, $"SELECT * FROM {rows.From} WHERE {written.Condition}", count);
    }
}

/// <summary>One group.</summary>
/// <param name="Filter">Spark SQL that is true for its rows.</param>
/// <param name="Sql">A SELECT of its rows.</param>
/// <param name="Rows">How many there are.</param>
public sealed record RowGroup(string Filter, string Sql, long Rows);
