namespace Assay.Engine.Staging;

/// <summary>
/// A table of the engine that holds rows while they are computed on: in its memory where they are expected to fit, where they are written
/// and read several times as fast as on its disk.
/// </summary>
public sealed class StagingTable : IAsyncDisposable
{
    /// <summary>Each insert's parts stay as they are: the table does not live long enough for merging them to be worth it.</summary>
    private const string OnDisk = "MergeTree ORDER BY tuple() SETTINGS max_bytes_to_merge_at_max_space_in_pool = 1, max_bytes_to_merge_at_min_space_in_pool = 1";
    /// <summary>What reading takes beside the rows themselves.</summary>
    private const long Working = 512L << 20;
    private const long Few = 8L << 20;

    private readonly IEngine engine;
    private readonly IDisposable hold;
    private IDisposable? memory;

    private StagingTable(IEngine engine, string purpose) =>
        (this.engine, hold, Name) = (engine, engine.Hold(), EngineName.Quote($"assay_{purpose}_{Guid.NewGuid():n}"));

    /// <summary>Quoted.</summary>
    public string Name { get; }
    public long Rows { get; private set; }
    /// <summary>Whether the rows are in the engine's memory.</summary>
    public bool InMemory => memory is not null;

    /// <summary>Makes a table and fills it.</summary>
    /// <param name="purpose">Part of its name.</param>
    /// <param name="bytes">What the rows take about in memory, where that is known; otherwise they go to disk.</param>
    /// <param name="fill">Inserts the rows into the table it is given, with these settings. Called a second time where far more came than was expected.</param>
    public static async Task<StagingTable> FillAsync(
        IEngine engine, string purpose, IReadOnlyList<EngineColumn> columns, long? bytes, Func<string, Func<EngineQuery, EngineQuery>, Task<EngineSummary>> fill, CancellationToken cancel)
    {
        if (bytes is { } expected && engine.Staging.TryTake(expected) is { } memory)
        {
            var most = expected * 2 + Working;
            try
            {
                return await FillAsync(new StagingTable(engine, purpose) { memory = memory }, columns, "Memory",
                    query => Threads(query.WithSetting("max_memory_usage", most), expected), fill, cancel);
            }
            catch (EngineException problem) when (problem.Fault == EngineFault.MemoryLimit && !cancel.IsCancellationRequested)
            {
                // What was known of its size was wrong.
            }
        }
        return await FillAsync(new StagingTable(engine, purpose), columns, OnDisk, query => query, fill, cancel);
    }

    /// <summary>Few rows are parsed sooner by one thread than by several that have to be started first.</summary>
    private static EngineQuery Threads(EngineQuery query, long expected) => expected > Few
        ? query.WithSetting("max_insert_threads", Environment.ProcessorCount)
        : query.WithSetting("max_threads", 1).WithSetting("input_format_parallel_parsing", 0);

    private static async Task<StagingTable> FillAsync(StagingTable table, IReadOnlyList<EngineColumn> columns, string kind,
        Func<EngineQuery, EngineQuery> settings, Func<string, Func<EngineQuery, EngineQuery>, Task<EngineSummary>> fill, CancellationToken cancel)
    {
        try
        {
            await table.engine.ExecuteAsync($"CREATE TABLE {table.Name} ({string.Join(", ", columns.Select(c => $"{EngineName.Quote(c.Name)} {c.Type}"))}) ENGINE = {kind}", cancel);
            table.Rows = (long)(await fill(table.Name, settings)).WrittenRows;
            return table;
        }
        catch
        {
            await table.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            // Not cancelled with the work on it: what it left behind has to go all the same.
            await engine.ExecuteAsync($"DROP TABLE IF EXISTS {Name}", CancellationToken.None);
        }
        catch (EngineException)
        {
            // An engine that died has taken its tables with it.
        }
        finally
        {
            memory?.Dispose();
            hold.Dispose();
        }
    }
}
