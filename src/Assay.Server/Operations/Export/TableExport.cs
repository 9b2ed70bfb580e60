using System.Runtime.CompilerServices;
using Assay.Server.Datastores;
using Assay.Server.Enrichment.Tables;
using Assay.Server.Operations.Export.Assets;
using Assay.Server.Operations.Running;
using Assay.Sources.Writing;

namespace Assay.Server.Operations.Export;

/// <summary>
/// Puts what there is of an asset in the place of an earlier export. One batch, named after the operation: however often a killed or resumed
/// operation comes back to it, a reader sees the earlier rows or all of the new ones.
/// </summary>
internal sealed class TableExport(EnrichmentStores stores, WrittenTables tables, IEnumerable<IExportAsset> assets)
{
    private const int ReportedRows = 500;

    public IExportAsset Asset(string name) => assets.First(a => a.Name == name);

    public async Task WriteAsync(OperationRun run, IExportAsset asset, ExportScope scope, Datastore store, string table, CancellationToken cancel)
    {
        var shape = new TableShape(table, asset.Columns);
        IAsyncEnumerable<IReadOnlyList<object?>> Rows() => CountedAsync(run, asset.RowsAsync(scope, cancel), cancel);
        await using var writer = await stores.OpenWriterAsync(store, cancel);
        var revealed = scope.RevealTo is not null;
        await tables.NoteAsync(store.Id, new TableOwner(scope.Source.Id, null, asset.Table, revealed), shape, cancel);
        await writer.PrepareAsync(shape, cancel);
        if (!await writer.ReplaceAsync(shape, $"export-{run.Id}", RowBatch.Of(Rows), cancel))
            // An earlier attempt wrote them and died before it could say so.
            await foreach (var _ in Rows()) { }
        await tables.NoteReplacedAsync(store.Id, table, revealed, cancel);
    }

    private static async IAsyncEnumerable<IReadOnlyList<object?>> CountedAsync(
        OperationRun run, IAsyncEnumerable<IReadOnlyList<object?>> rows, [EnumeratorCancellation] CancellationToken cancel)
    {
        var count = 0L;
        await foreach (var row in rows.WithCancellation(cancel))
        {
            yield return row;
            if (++count % ReportedRows == 0) run.Count("records_processed", count);
        }
        run.Count("records_processed", count);
    }
}
