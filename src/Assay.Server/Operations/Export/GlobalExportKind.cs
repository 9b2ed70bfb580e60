using Assay.Server.Datastores;
using Assay.Server.Operations.Running;
using Assay.Server.Store;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Operations.Export;

/// <summary>Writes what belongs to the whole installation, its check templates, as a table into an enrichment store.</summary>
internal sealed class GlobalExportKind(IDbContextFactory<AssayDb> contexts, TableExport export, TimeProvider clock) : IOperationKind
{
    public const string Name = "global_export";

    public string Type => Name;

    public bool CanResume => true;

    public string Normalise(string settingsJson) => ExportSettings.Parse(settingsJson).ToJson();

    public async Task<OperationEnding> RunAsync(OperationRun run, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        if (await db.Set<Datastore>().AsNoTracking().FirstOrDefaultAsync(d => d.Id == run.DatastoreId && d.Deleted == null, cancel) is not { } store)
            return OperationEnding.Failure("The enrichment datastore was deleted.");
        run.Count("records_processed", 0);
        var asset = export.Asset(ExportSettings.CheckTemplates);
        await export.WriteAsync(run, asset, new ExportScope(store, ExportSettings.Parse(run.Settings), null, clock.UtcNow()), store, $"_{asset.Table}", cancel);
        return OperationEnding.Success();
    }
}
