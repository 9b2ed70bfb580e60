using System.Runtime.CompilerServices;
using Assay.Engine;
using Assay.Sources.Reading;

namespace Assay.Sources.Writing;

/// <summary>Rows that Assay has itself.</summary>
internal sealed class GivenRows(Func<IAsyncEnumerable<IReadOnlyList<object?>>> rows) : RowBatch
{
    internal override Task WriteTextAsync(TableShape table, Stream output, CancellationToken cancel) => WriteAsync(table, output, CellText.WithoutZeroBytes, cancel);

    internal override IAsyncEnumerable<string?[]> ReadAsync(TableShape table, bool zeroBytes, CancellationToken cancel) =>
        ReadAsync(table, zeroBytes ? text => text : CellText.WithoutZeroBytes, cancel);

    internal override Task<EngineRows> OpenAsync(TableShape table, IEngine engine, CancellationToken cancel)
    {
        var staged = table.Columns.Select((column, i) => new EngineColumn($"c{i}", EngineTypeNames.Of(column))).ToList();
        var source = new StagedSource(staged, "TSV", TsvRows.Parsing, (output, stop) => WriteAsync(table, output, text => text, stop), (_, name, _) => Task.FromResult(
            $"SELECT {string.Join(", ", table.Columns.Select((column, i) => $"c{i} AS {EngineName.Quote(column.Name)}"))} FROM {name}"));
        return source.OpenAsync(engine, cancel);
    }

    private async Task WriteAsync(TableShape table, Stream output, Func<string?, string?> clean, CancellationToken cancel)
    {
        var writer = new TsvRows(output);
        await foreach (var cells in ReadAsync(table, clean, cancel)) await writer.WriteAsync(cells, cancel);
        await writer.FlushAsync(cancel);
    }

    private async IAsyncEnumerable<string?[]> ReadAsync(TableShape table, Func<string?, string?> clean, [EnumeratorCancellation] CancellationToken cancel)
    {
        var count = table.Columns.Count;
        await foreach (var row in rows().WithCancellation(cancel))
        {
            if (row.Count != count) throw new ArgumentException($"A row for '{table.Name}' has {row.Count} values, the table has {count} columns.");
            var cells = new string?[count];
            for (var i = 0; i < count; i++) cells[i] = clean(CellText.Of(row[i]));
            yield return cells;
        }
    }
}
