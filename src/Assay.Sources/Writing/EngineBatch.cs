using System.Runtime.CompilerServices;
using Assay.Engine;
using Assay.Sources.Reading;

namespace Assay.Sources.Writing;

/// <summary>Rows that the engine computes.</summary>
internal sealed class EngineBatch(IEngine source, string select, Func<EngineQuery, EngineQuery> bind) : RowBatch
{
    internal override async Task WriteTextAsync(TableShape table, Stream output, CancellationToken cancel)
    {
        await using var rows = await DownloadAsync(table, zeroBytes: false, cancel);
        await rows.CopyToAsync(output, 1 << 16, cancel);
    }

    internal override async IAsyncEnumerable<string?[]> ReadAsync(TableShape table, bool zeroBytes, [EnumeratorCancellation] CancellationToken cancel)
    {
        await using var rows = await DownloadAsync(table, zeroBytes, cancel);
        await foreach (var cells in TsvCells.ReadAsync(rows, cancel)) yield return cells;
    }

    internal override Task<EngineRows> OpenAsync(TableShape table, IEngine engine, CancellationToken cancel) =>
        Task.FromResult(new EngineRows(Select(table, Typed), bind));

    private Task<Stream> DownloadAsync(TableShape table, bool zeroBytes, CancellationToken cancel) => source.DownloadAsync(
        bind(new EngineQuery(Select(table, column => column.Type == TableType.Text ? Clean(Typed(column), zeroBytes) : Typed(column)))), "TabSeparated", cancel);

    private string Select(TableShape table, Func<TableColumn, string> expression) =>
        $"SELECT {string.Join(", ", table.Columns.Select(c => $"{expression(c)} AS {EngineName.Quote(c.Name)}"))} FROM ({select}) AS assay_rows";

    private static string Typed(TableColumn column) => $"CAST(assay_rows.{EngineName.Quote(column.Name)} AS {EngineTypeNames.Of(column)})";

    /// <summary>Bytes that are no text may stand in no store's texts, the zero byte not in those of all.</summary>
    private static string Clean(string expression, bool zeroBytes) => zeroBytes ? $"toValidUTF8({expression})" : $"replaceAll(toValidUTF8({expression}), char(0), '\uFFFD')";
}
