using Assay.Engine;

namespace Assay.Quality.Profiling;

/// <summary>
/// Runs what is to be computed of many columns in as few statements as memory allows. Where a statement fails its columns are tried in
/// halves, down to the one that is to blame: that one is reported, the others get their figures.
/// </summary>
internal sealed class ColumnStatements(IEngine engine, Stage stage, ProfileOptions options)
{
    /// <summary>More columns than this make a statement slow to analyse, however little memory they take.</summary>
    private const int MostColumns = 100;
    private readonly int threads = Environment.ProcessorCount;

    /// <summary>Aggregates of columns, each relation in statements of its own.</summary>
    /// <param name="bytes">What one thread holds of a column.</param>
    /// <param name="where">A condition on the rows; empty for all.</param>
    /// <param name="instead">What to select from instead of the columns' own relation.</param>
    public async Task AggregateAsync(
        IEnumerable<Column> columns, Func<Column, IEnumerable<Figure>> figures, Func<Column, long> bytes, string where, CancellationToken cancel, string? instead = null)
    {
        foreach (var relation in columns.Where(c => c.Message is null).GroupBy(c => c.Relation))
            foreach (var batch in Batches(relation, c => bytes(c) * threads))
                await IsolateAsync(batch, some => RunAsync(some, figures, $"{instead ?? relation.Key}{where}", cancel), cancel);
    }

    /// <summary>Rows of columns, each from SELECTs of its own.</summary>
    public async Task RowsAsync(
        IEnumerable<Column> columns, Func<Column, int, IEnumerable<string>> selects, Func<Column, long> bytes, Func<EngineQuery, EngineQuery> tune,
        Action<Column, EngineRow> take, CancellationToken cancel)
    {
        foreach (var batch in Batches(columns.Where(c => c.Message is null), bytes))
            await IsolateAsync(batch, some => RowsAsync(some, selects, tune, take, cancel), cancel);
    }

    /// <summary>The same, for what can be done without: of columns in a statement that fails nothing is taken, and nothing is reported.</summary>
    public async Task TryRowsAsync(
        IEnumerable<Column> columns, Func<Column, int, IEnumerable<string>> selects, Func<Column, long> bytes, Func<EngineQuery, EngineQuery> tune,
        Action<Column, EngineRow> take, CancellationToken cancel)
    {
        foreach (var batch in Batches(columns.Where(c => c.Message is null), bytes))
            try
            {
                await RowsAsync(batch, selects, tune, take, cancel);
            }
            catch (EngineException problem) when (IsOfAColumn(problem.Fault) && !cancel.IsCancellationRequested)
            {
                // Found in another way.
            }
    }

    private async Task RowsAsync(
        IReadOnlyList<Column> columns, Func<Column, int, IEnumerable<string>> selects, Func<EngineQuery, EngineQuery> tune, Action<Column, EngineRow> take, CancellationToken cancel)
    {
        var sql = columns.SelectMany(selects).ToList();
        if (sql.Count == 0) return;
        var found = new List<(Column, EngineRow)>();
        await foreach (var row in engine.QueryAsync(tune(Settled(stage.Query(string.Join(" UNION ALL ", sql)))), cancel)) found.Add((columns[row.Get<int>(0)], row));
        foreach (var (column, row) in found) take(column, row);
    }

    private async Task RunAsync(IReadOnlyList<Column> columns, Func<Column, IEnumerable<Figure>> figures, string from, CancellationToken cancel)
    {
        var wanted = columns.SelectMany(figures).ToList();
        if (wanted.Count == 0) return;
        var sql = $"SELECT {string.Join(", ", wanted.Select((f, i) => $"{f.Sql} AS f{i}"))} FROM {from}";
        var rows = await engine.ListAsync(Settled(stage.Query(sql)), cancel);
        for (var i = 0; i < wanted.Count; i++) wanted[i].Take(rows[0][i]);
    }

    private static async Task IsolateAsync(IReadOnlyList<Column> columns, Func<IReadOnlyList<Column>, Task> run, CancellationToken cancel)
    {
        try
        {
            await run(columns);
        }
        catch (EngineException problem) when (IsOfAColumn(problem.Fault) && !cancel.IsCancellationRequested)
        {
            if (columns.Count == 1)
            {
                columns[0].Fail(Words(problem.Fault));
                return;
            }
            await IsolateAsync([.. columns.Take(columns.Count / 2)], run, cancel);
            await IsolateAsync([.. columns.Skip(columns.Count / 2)], run, cancel);
        }
    }

    private IEnumerable<IReadOnlyList<Column>> Batches(IEnumerable<Column> columns, Func<Column, long> bytes)
    {
        var batch = new List<Column>();
        var held = 0L;
        foreach (var column in columns)
        {
            var takes = bytes(column);
            if (batch.Count > 0 && (held + takes > options.StatementBytes || batch.Count == MostColumns))
            {
                yield return batch;
                (batch, held) = ([], 0);
            }
            batch.Add(column);
            held += takes;
        }
        if (batch.Count > 0) yield return batch;
    }

    /// <summary>The engine's own limits on the text of a statement are meant for other uses; what memory cannot hold goes to disk.</summary>
    private EngineQuery Settled(EngineQuery query) => (stage.Rows <= options.FewRows ? query.WithSetting("max_threads", 1) : query)
        .WithSetting("max_query_size", 64 << 20).WithSetting("max_ast_elements", 1_000_000).WithSetting("max_expanded_ast_elements", 4_000_000)
        .WithSetting("max_bytes_before_external_group_by", options.StatementBytes);

    private static bool IsOfAColumn(EngineFault fault) =>
        fault is EngineFault.Other or EngineFault.MemoryLimit or EngineFault.BadType or EngineFault.BadData or EngineFault.Syntax or EngineFault.UnknownColumn or EngineFault.Unsupported;

    /// <summary>In our own words: the engine's may quote values.</summary>
    private static string Words(EngineFault fault) => fault switch
    {
        EngineFault.MemoryLimit => "Its figures need more memory than the engine may use (ASSAY_ENGINE_MEMORY_MB).",
        EngineFault.BadType or EngineFault.BadData => "It holds values that do not fit its type.",
        _ => "The engine could not compute its figures.",
    };
}
