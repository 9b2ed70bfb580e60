using Assay.Engine;
using Assay.Engine.Staging;

namespace Assay.Quality.Profiling;

/// <summary>
/// The rows of one container in a table of the engine, where every further statement reads them instead of the source. The source is
/// read by one statement, whatever is computed afterwards.
/// </summary>
internal sealed class Stage : IAsyncDisposable
{
    /// <summary>What values of a few bytes may grow to in memory: delimited files have them.</summary>
    private const int Growth = 5;

    private readonly IEngine engine;
    private readonly List<StagingTable> tables = [];

    private Stage(IEngine engine) => this.engine = engine;

    /// <summary>What to select from: columns are named by <see cref="Column"/>.</summary>
    public string Relation { get; private set; } = "";
    /// <summary>The engine's types of the columns.</summary>
    public IReadOnlyList<string> Types { get; private set; } = [];
    /// <summary>A statement on the relation.</summary>
    public Func<string, EngineQuery> Query { get; private set; } = sql => new EngineQuery(sql);
    /// <summary>Whether the rows are known to be in the engine's memory.</summary>
    public bool InMemory { get; private set; }
    /// <summary>Rows that were read, and those of them that the relation holds.</summary>
    public long Read { get; private set; }
    public long Rows { get; private set; }

    /// <summary>Numbered, for a field may be called what the engine reserves.</summary>
    public static string Column(int position) => $"c{position}";

    public static async Task<Stage> OpenAsync(IEngine engine, RowsToProfile rows, IReadOnlyList<ProfileField> fields, ProfileOptions options, CancellationToken cancel)
    {
        var stage = new Stage(engine);
        try
        {
            await stage.FillAsync(rows, fields, options, cancel);
            return stage;
        }
        catch
        {
            await stage.DisposeAsync();
            throw;
        }
    }

    private async Task FillAsync(RowsToProfile rows, IReadOnlyList<ProfileField> fields, ProfileOptions options, CancellationToken cancel)
    {
        var select = $"SELECT {string.Join(", ", fields.Select((f, i) => $"{EngineName.Quote(f.Name)} AS {Column(i)}"))} FROM ({rows.Sql})";
        var bound = (string sql) => rows.Bind(new EngineQuery(sql));
        Types = rows.Types is { } types ? [.. fields.Select(f => types[f.Name])] : [.. (await engine.ListAsync(bound($"DESCRIBE ({select})"), cancel)).Select(r => r.GetText(1)!)];
        if (rows.InEngine)
        {
            (Relation, Query, InMemory) = ($"({select})", bound, rows.InMemory);
            Rows = rows.Rows ?? await engine.ScalarAsync<long>(bound($"SELECT toInt64(count()) FROM {Relation}"), cancel);
        }
        else Rows = await CopyAsync(bound, select, await ExpectedAsync(rows, bound, cancel), cancel);
        Read = Rows;
        if (options.MostRows is not { } most || Rows <= most) return;
        // Kept, since a condition with rand() would choose other rows for every statement. Half a standard deviation too many are cut off.
        var share = Math.Min(1, (most + Math.Sqrt(most) / 2 + 1) / Rows);
        Rows = await CopyAsync(Query, $"SELECT * FROM {Relation} WHERE rand() < {(uint)(share * uint.MaxValue)} LIMIT {most}", most * RowSize.Of(Types), cancel);
    }

    /// <summary>What the rows are expected to take in the engine's memory; null where nothing tells.</summary>
    private async Task<long?> ExpectedAsync(RowsToProfile rows, Func<string, EngineQuery> bound, CancellationToken cancel)
    {
        // Not by the size of the files, which may be a fiftieth of what is in them.
        var count = rows.Rows ?? (rows.FootersCount ? await engine.ScalarAsync<long>(bound($"SELECT toInt64(count()) FROM ({rows.Sql})"), cancel) : null);
        return count is { } known ? Math.Max(known * RowSize.Of(Types), rows.Bytes ?? 0) : rows.Bytes * Growth;
    }

    private async Task<long> CopyAsync(Func<string, EngineQuery> bind, string select, long? bytes, CancellationToken cancel)
    {
        var columns = Types.Select((t, i) => new EngineColumn(Column(i), t)).ToList();
        var table = await StagingTable.FillAsync(engine, "profile", columns, bytes, (name, tune) => engine.ExecuteAsync(tune(bind($"INSERT INTO {name} {select}")), cancel), cancel);
        tables.Add(table);
        (Relation, Query, InMemory) = (table.Name, sql => new EngineQuery(sql), table.InMemory);
        return table.Rows;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var table in tables) await table.DisposeAsync();
    }
}
