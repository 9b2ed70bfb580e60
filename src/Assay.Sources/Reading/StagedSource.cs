using Assay.Engine;
using Assay.Engine.Staging;

namespace Assay.Sources.Reading;

/// <summary>A source whose rows are streamed into a table of the engine, where they stay until they are disposed.</summary>
/// <param name="columns">The staging table's columns.</param>
/// <param name="format">The engine's format that <paramref name="write"/> writes.</param>
/// <param name="settings">Settings of the insert.</param>
/// <param name="write">Writes all rows.</param>
/// <param name="select">Writes the SELECT on the staging table, whose quoted name it is given; it may look at what was staged first.</param>
internal sealed class StagedSource(
    IReadOnlyList<EngineColumn> columns, string format, IReadOnlyDictionary<string, object> settings,
    Func<Stream, CancellationToken, Task> write, Func<IEngine, string, CancellationToken, Task<string>> select) : EngineSource
{
    /// <summary>Of tables that are not known to be larger, so many bytes are waited for before it is decided where they go.</summary>
    private const int Few = 8 << 20;
    /// <summary>What the bytes may grow to in the engine's memory.</summary>
    private const long Growth = 4;

    /// <summary>What the rows take about in the engine's memory, where that is known.</summary>
    public long? Bytes { get; init; }

    /// <inheritdoc cref="EngineRows.Types"/>
    public IReadOnlyDictionary<string, string>? Types { get; init; }

    /// <summary>Prepares to read the rows in several ranges at once; null, or an answer of null, where they are read in one go.</summary>
    public Func<CancellationToken, Task<RangedRead?>>? Ranges { get; init; }

    public override async Task<EngineRows> OpenAsync(IEngine engine, CancellationToken cancel)
    {
        var table = Ranges is null && (Bytes is null or <= Few) ? await FillHeldAsync(engine, cancel) : await FillAsync(engine, cancel);
        try
        {
            return new EngineRows(await select(engine, table.Name, cancel), query => query, table.DisposeAsync) { IsStaged = true, InMemory = table.InMemory, Rows = table.Rows, Types = Types };
        }
        catch
        {
            await table.DisposeAsync();
            throw;
        }
    }

    private Task<StagingTable> FillAsync(IEngine engine, CancellationToken cancel) => StagingTable.FillAsync(engine, "stage", columns, Bytes, async (name, tune) =>
    {
        await using var ranged = Ranges is null ? null : await Ranges(cancel);
        return ranged is null
            ? await engine.InsertAsync(Insert(name, tune), write, cancel)
            : await ranged.RunAsync((range, stop) => engine.InsertAsync(Insert(name, tune), range, stop), cancel);
    }, cancel);

    /// <summary>Waits for what comes before it decides where to: few rows go into memory in one piece, however little was known of them.</summary>
    private async Task<StagingTable> FillHeldAsync(IEngine engine, CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var held = new HeldRows(Few);
        var writing = write(held, stop.Token);
        try
        {
            await Task.WhenAny(writing, held.Full);
            if (writing.IsCompleted)
            {
                await writing;
                return await StagingTable.FillAsync(engine, "stage", columns, Math.Max(Bytes ?? 0, held.Bytes.Length * Growth),
                    (name, tune) => engine.InsertAsync(Insert(name, tune), (output, token) => output.WriteAsync(held.Bytes, token).AsTask(), cancel), cancel);
            }
            // More came than its catalogue said, or nobody said how many, and the engine's disk has room for any number.
            var passed = false;
            return await StagingTable.FillAsync(engine, "stage", columns, Bytes is null ? null : Few * Growth, async (name, tune) =>
            {
                if (passed) await StopAsync();
                var output = passed ? write : PassAsync;
                passed = true;
                return await engine.InsertAsync(Insert(name, tune), output, cancel);
            }, cancel);
        }
        catch (Exception e) when (cancel.IsCancellationRequested && e is not OperationCanceledException)
        {
            // Whatever the source says when it is made to stop.
            throw new OperationCanceledException("The read was cancelled.", e, cancel);
        }
        finally
        {
            await StopAsync();
        }

        async Task StopAsync()
        {
            if (!writing.IsCompleted)
            {
                await stop.CancelAsync();
                held.Abandon();
            }
            await writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        Task PassAsync(Stream output, CancellationToken token)
        {
            held.PassTo(output);
            return writing.WaitAsync(token);
        }
    }

    private EngineQuery Insert(string name, Func<EngineQuery, EngineQuery> tune) =>
        settings.Aggregate(tune(new EngineQuery($"INSERT INTO {name} ({EngineName.List(columns.Select(c => c.Name))}) FORMAT {format}")), (query, s) => query.WithSetting(s.Key, s.Value));
}
