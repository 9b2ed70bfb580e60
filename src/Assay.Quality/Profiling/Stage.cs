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
    /// <summary>Columns of a sub-select that its statements are still understood quickly with.</summary>
    private const int MostOfSubSelect = 100;
    /// <summary>Bytes whose copy takes less time than the statements would.</summary>
    private const long MostCopied = 1L << 30;

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

    /// <summary>Which partition each row is of; null where that is not told.</summary>
    public EngineColumn? Partition { get; private set; }

    /// <summary>The columns that were taken apart.</summary>
    private readonly HashSet<int> unfolded = [];

    /// <summary>The name of a column that is not null where the source has a value; null where the column itself is.</summary>
    public string? Present(int position) => unfolded.Contains(position) ? $"p{position}" : null;

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
        Partition = rows.PartitionColumn is null ? null : new EngineColumn("partition", "LowCardinality(String)");
        var told = Partition is { } partition ? [$"CAST({EngineName.Quote(rows.PartitionColumn!)}, '{partition.Type}') AS {partition.Name}"] : Array.Empty<string>();
        var select = $"SELECT {string.Join(", ", [.. fields.Select((f, i) => $"{EngineName.Quote(f.Name)} AS {Column(i)}"), .. told])} FROM ({rows.Sql})";
        var bound = (string sql) => rows.Bind(new EngineQuery(sql));
        var types = TypesAsync(rows, fields, bound($"DESCRIBE ({select})"), cancel);
        // Two looks at the head of a file, side by side.
        var counting = rows.Rows is not null ? null : rows.InEngine ? $"SELECT toInt64(count()) FROM ({select})" : rows.CountSql;
        var count = counting is null ? null : engine.ScalarAsync<long>(bound(counting), cancel);
        await Task.WhenAll([types, .. count is null ? Array.Empty<Task>() : [count]]);
        Types = await types;
        var known = rows.Rows ?? (count is null ? null : await count);
        if (rows.InEngine && !IsWorthCopying(rows, known)) (Relation, Query, InMemory, Rows) = ($"({select})", bound, rows.InMemory, known!.Value);
        else Rows = await CopyAsync(bound, select, Expected(rows, known), cancel);
        Read = Rows;
        if (options.MostRows is not { } most || Rows <= most) return;
        // Kept, since a condition with rand() would choose other rows for every statement. Half a standard deviation too many are cut off.
        var share = Math.Min(1, (most + Math.Sqrt(most) / 2 + 1) / Rows);
        Rows = await CopyAsync(Query, $"SELECT * FROM {Relation} WHERE rand() < {(uint)(share * uint.MaxValue)} LIMIT {most}", most * RowSize.Of(Types), cancel);
    }

    /// <summary>
    /// Whether rows that are in the engine are copied into a plain table of it: how long a statement on very many columns of a sub-select takes to understand
    /// grows with the square of their number.
    /// </summary>
    private bool IsWorthCopying(RowsToProfile rows, long? count) => Types.Count > MostOfSubSelect && Expected(rows, count) <= MostCopied;

    private async Task<IReadOnlyList<string>> TypesAsync(RowsToProfile rows, IReadOnlyList<ProfileField> fields, EngineQuery describe, CancellationToken cancel) => rows.Types is { } types
        ? [.. fields.Select(f => types[f.Name])] : [.. (await engine.ListAsync(describe, cancel)).Take(fields.Count).Select(r => r.GetText(1)!)];

    /// <summary>What the rows are expected to take in the engine's memory; null where nothing tells.</summary>
    /// <param name="count">How many there are, where that is known: the size of the files may be a fiftieth of what is in them.</param>
    private long? Expected(RowsToProfile rows, long? count) => count is { } known ? Math.Max(known * RowSize.Of(Types), rows.Bytes ?? 0) : rows.Bytes * Growth;

    private async Task<long> CopyAsync(Func<string, EngineQuery> bind, string select, long? bytes, CancellationToken cancel)
    {
        EngineColumn[] columns = [.. Types.Select((t, i) => new EngineColumn(Column(i), t)), .. unfolded.Order().Select(i => new EngineColumn(Present(i)!, "Nullable(UInt8)")), .. Partition is { } partition ? [partition] : Array.Empty<EngineColumn>()];
        var table = await StagingTable.FillAsync(engine, "profile", columns, bytes, (name, tune) => engine.ExecuteAsync(tune(bind($"INSERT INTO {name} {select}")), cancel), cancel);
        tables.Add(table);
        (Relation, Query, InMemory) = (table.Name, sql => new EngineQuery(sql), table.InMemory);
        return table.Rows;
    }

    /// <summary>Takes columns of JSON objects apart, into what they are of the engine's types.</summary>
    /// <exception cref="EngineException">The engine cannot do it; then all is as it was.</exception>
    public async Task UnfoldAsync(IReadOnlyDictionary<int, string> types, CancellationToken cancel)
    {
        if (types.Count == 0) return;
        var columns = Types.Select((_, i) => types.TryGetValue(i, out var type) ? $"{Unfolded(i, type)} AS {Column(i)}" : $"r.{Column(i)} AS {Column(i)}")
            .Concat(types.Keys.Order().Select(i => $"if({(IsArray(i) ? "0" : $"isNull(r.{Column(i)})")}, NULL, toUInt8(1)) AS p{i}")).Concat(Partition is { } partition ? [$"r.{partition.Name} AS {partition.Name}"] : []);
        var select = $"SELECT {string.Join(", ", columns)} FROM {Relation} AS r SETTINGS {JsonObjects.FastReader} = 0";
        var (folded, before) = (Types, tables.ToList());
        try
        {
            unfolded.UnionWith(types.Keys);
            Types = [.. Types.Select((t, i) => types.GetValueOrDefault(i, t))];
            Rows = await CopyAsync(Query, select, Rows * RowSize.Of(Types), cancel);
        }
        catch (EngineException)
        {
            unfolded.Clear();
            Types = folded;
            throw;
        }
        foreach (var table in before) await table.DisposeAsync();
        tables.RemoveAll(before.Contains);
    }

    private string Unfolded(int position, string type)
    {
        var column = $"r.{Column(position)}";
        return IsArray(position) ? $"arrayMap(x -> JSONExtract(if(startsWith(ifNull(x, ''), '{{'), x, ''), {EngineLiteral.Quote(EngineTypes.Element(type))}), {column})" : $"JSONExtract(if(startsWith(ifNull({column}, ''), '{{'), {column}, ''), {EngineLiteral.Quote(type)})";
    }

    private bool IsArray(int position) => Types[position].StartsWith("Array(", StringComparison.Ordinal);

    public async ValueTask DisposeAsync()
    {
        foreach (var table in tables) await table.DisposeAsync();
    }
}
