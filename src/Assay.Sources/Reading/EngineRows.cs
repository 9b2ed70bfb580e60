using Assay.Engine;
using Assay.Engine.Staging;

namespace Assay.Sources.Reading;

/// <summary>
/// Rows that statements can be run on: <c>rows.Query($"SELECT count() FROM ({rows.Sql})")</c>. The text holds placeholders, not
/// values, and may be used several times in a statement.
/// </summary>
public sealed class EngineRows : IAsyncDisposable
{
    private readonly Func<EngineQuery, EngineQuery> bind;
    private readonly Func<ValueTask>? release;

    /// <summary>
    /// Whether the rows lie in the engine already, so that every further statement on them leaves the source alone. Where they do not,
    /// each statement reads the source again.
    /// </summary>
    public bool IsStaged { get; internal init; }

    /// <summary>Whether they are known to lie in the engine's memory, not on its disk.</summary>
    public bool InMemory { get; internal init; }

    /// <summary>How many rows there are, where they were counted as they were staged.</summary>
    public long? Rows { get; internal init; }

    /// <summary>A SELECT of the number of rows that reads no more than what files say of themselves; null where they say nothing. <see cref="Query"/> makes a statement of it.</summary>
    public string? CountSql { get; internal init; }

    /// <summary>The engine's types of the columns by their names, where they are known without asking it.</summary>
    public IReadOnlyDictionary<string, string>? Types { get; internal init; }

    internal EngineRows(string sql, Func<EngineQuery, EngineQuery> bind, Func<ValueTask>? release = null) => (Sql, this.bind, this.release) = (sql, bind, release);

    /// <summary>Rows that a SELECT over the SQL of others gives; disposing them disposes those.</summary>
    public static EngineRows Over(string sql, IReadOnlyList<EngineRows> inputs) => new(
        sql, query => inputs.Aggregate(query, (bound, input) => input.Bind(bound)), async () =>
        {
            foreach (var input in inputs) await input.DisposeAsync();
        })
    {
        IsStaged = inputs.All(i => i.IsStaged),
    };

    /// <summary>
    /// The rows in a table of the engine, for those who read them many times: what they came from is read once, and released. The table goes
    /// when the answer is disposed.
    /// </summary>
    /// <exception cref="EngineException">The rows could not be read; they are released all the same.</exception>
    public async Task<EngineRows> StageAsync(IEngine engine, CancellationToken cancel)
    {
        try
        {
            var columns = (await engine.ListAsync(Query($"DESCRIBE ({Sql})"), cancel)).Select(r => new EngineColumn(r.GetText(0)!, r.GetText(1)!)).ToList();
            var table = await StagingTable.FillAsync(engine, "stage", columns, Rows * RowSize.Of(columns.Select(c => c.Type)),
                (name, tune) => engine.ExecuteAsync(tune(Query($"INSERT INTO {name} SELECT * FROM ({Sql})")), cancel), cancel);
            return new EngineRows($"SELECT * FROM {table.Name}", query => query, table.DisposeAsync) { IsStaged = true, InMemory = table.InMemory, Rows = table.Rows };
        }
        finally
        {
            await DisposeAsync();
        }
    }

    /// <summary>A SELECT of the chosen columns, without a semicolon.</summary>
    public string Sql { get; }

    /// <summary>A statement on these rows, with the values that <see cref="Sql"/> needs. Secrets stay out of sight.</summary>
    public EngineQuery Query(string sql) => Bind(new EngineQuery(sql));

    /// <summary>Adds what <see cref="Sql"/> needs to a statement, such as one that reads several sources.</summary>
    public EngineQuery Bind(EngineQuery query) => bind(query);

    public ValueTask DisposeAsync() => release?.Invoke() ?? ValueTask.CompletedTask;
}
