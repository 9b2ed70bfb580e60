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
    /// <summary>What the rows take about in the engine's memory, where that is known.</summary>
    public long? Bytes { get; init; }

    /// <inheritdoc cref="EngineRows.Types"/>
    public IReadOnlyDictionary<string, string>? Types { get; init; }

    /// <summary>Prepares to read the rows in several ranges at once; null, or an answer of null, where they are read in one go.</summary>
    public Func<CancellationToken, Task<RangedRead?>>? Ranges { get; init; }

    public override async Task<EngineRows> OpenAsync(IEngine engine, CancellationToken cancel)
    {
        var table = await StagingTable.FillAsync(engine, "stage", columns, Bytes, async (name, tune) =>
        {
            await using var ranged = Ranges is null ? null : await Ranges(cancel);
            return ranged is null ? await engine.InsertAsync(Insert(), write, cancel) : await ranged.RunAsync((range, stop) => engine.InsertAsync(Insert(), range, stop), cancel);

            EngineQuery Insert() => settings.Aggregate(tune(new EngineQuery($"INSERT INTO {name} ({EngineName.List(columns.Select(c => c.Name))}) FORMAT {format}")), (query, s) => query.WithSetting(s.Key, s.Value));
        }, cancel);
        try
        {
            return new EngineRows(await select(engine, table.Name, cancel), query => query, table.DisposeAsync) { IsStaged = true, Rows = table.Rows, Types = Types };
        }
        catch
        {
            await table.DisposeAsync();
            throw;
        }
    }
}
