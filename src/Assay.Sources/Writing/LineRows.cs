using System.Runtime.CompilerServices;
using Assay.Engine;
using Assay.Sources.Reading;

namespace Assay.Sources.Writing;

/// <summary>Rows that Assay has itself.</summary>
/// <param name="writers">Each writes a share of them, anew for each try.</param>
internal sealed class LineRows(IReadOnlyList<Func<RowLines, CancellationToken, Task>> writers) : RowBatch
{
    /// <summary>What a batch is expected to take in the engine's memory. Larger ones are found out, and go by its disk.</summary>
    private const long Expected = 128L << 20;

    internal override Task WriteTextAsync(TableShape table, Stream output, CancellationToken cancel) => CopyAsync(table, output, zeroBytes: false, cancel);

    internal override async IAsyncEnumerable<string?[]> ReadAsync(TableShape table, bool zeroBytes, [EnumeratorCancellation] CancellationToken cancel)
    {
        await using var lines = new LineStream(writers, table.Columns.Count, zeroBytes, cancel);
        await foreach (var cells in TsvCells.ReadAsync(lines.Bytes, cancel)) yield return cells;
    }

    internal override Task<EngineRows> OpenAsync(TableShape table, IEngine engine, CancellationToken cancel)
    {
        var staged = table.Columns.Select((column, i) => new EngineColumn($"c{i}", EngineTypeNames.Of(column))).ToList();
        var source = new StagedSource(staged, "TSV", TsvRows.Parsing, (output, stop) => CopyAsync(table, output, zeroBytes: true, stop), (_, name, _) => Task.FromResult(
            $"SELECT {string.Join(", ", table.Columns.Select((column, i) => $"c{i} AS {EngineName.Quote(column.Name)}"))} FROM {name}"))
        { Bytes = Expected };
        return source.OpenAsync(engine, cancel);
    }

    private async Task CopyAsync(TableShape table, Stream output, bool zeroBytes, CancellationToken cancel)
    {
        await using var lines = new LineStream(writers, table.Columns.Count, zeroBytes, cancel);
        await lines.Bytes.CopyToAsync(output, cancel);
    }
}
