using System.Text;
using Assay.Engine;
using Assay.Sources.Reading;

namespace Assay.Sources.Tests.Reading;

/// <summary>A staged source of numbered rows of a thousand characters, whose staging tables are known by their column.</summary>
internal sealed class HeldSource(IEngine engine, string type = "Int64")
{
    /// <summary>More than is held.</summary>
    public const int Many = 20_000;

    private readonly string column = $"held_{Guid.NewGuid():n}";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public Dictionary<string, object> Settings { get; } = [];

    public StagedSource Of(Func<Stream, CancellationToken, Task> write, long? bytes = null) =>
        new([new EngineColumn(column, type), new EngineColumn("filler", "String")], "TSV", Settings, write, (_, table, _) => Task.FromResult($"SELECT {column} AS id FROM {table}")) { Bytes = bytes };

    public static async Task WriteAsync(Stream output, int from, int until, CancellationToken cancel)
    {
        for (var i = from; i < until; i++) await output.WriteAsync(Encoding.UTF8.GetBytes($"{i}\t{new string('x', 1000)}\n"), cancel);
    }

    /// <summary>The engine of the staging table, and how many rows there are, with their sum, and how many different ones.</summary>
    public async Task<(string Kind, string Figures)> ReadAsync(StagedSource source)
    {
        await using var rows = await source.OpenAsync(engine, Cancel);
        var found = (await engine.ListAsync(rows.Query($"SELECT count(), sum(id), uniqExact(id) FROM ({rows.Sql})"), Cancel))[0];
        rows.Rows.ShouldBe(Convert.ToInt64(found[0], null));
        return ((await TablesAsync()).ShouldHaveSingleItem(), string.Join('|', found.Values));
    }

    /// <summary>The engines of the staging tables that there are.</summary>
    public async Task<IReadOnlyList<string>> TablesAsync() =>
        [.. (await engine.ListAsync($"SELECT t.engine FROM system.tables t JOIN system.columns c ON c.database = t.database AND c.table = t.name WHERE c.name = '{column}'", Cancel)).Select(r => r.GetText(0)!)];
}
