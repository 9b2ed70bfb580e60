using Assay.Server.Enrichment;
using Assay.Server.Operations.Running;
using Assay.Server.Store;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Operations.Export;

/// <summary>Writes what Assay knows of a datastore as a table into its enrichment store: its anomalies, checks or field profiles.</summary>
internal sealed class ExportKind(IDbContextFactory<AssayDb> contexts, EnrichmentPlaces places, TableExport export, TimeProvider clock) : IOperationKind
{
    public const string Name = "export";

    public string Type => Name;

    public bool CanResume => true;

    public string Normalise(string settingsJson) => ExportSettings.Parse(settingsJson).ToJson();

    public async Task<OperationEnding> RunAsync(OperationRun run, CancellationToken cancel)
    {
        var settings = ExportSettings.Parse(run.Settings);
        if (await places.FindAsync(run.DatastoreId, cancel) is not { } place) return OperationEnding.Failure(EnrichmentPlace.NotLinked);
        var scope = new ExportScope(place.Source, settings, settings.IncludeMasked ? run.TriggeredById : null, clock.UtcNow());
        var containers = await CountAsync(scope, cancel);
        run.Count("total_containers", containers);
        run.Count("containers_analyzed", 0);
        run.Count("records_processed", 0);
        var asset = export.Asset(settings.AssetType);
        await export.WriteAsync(run, asset, scope, place.Store, place.Table(asset.Table), cancel);
        run.Count("containers_analyzed", containers);
        return OperationEnding.Success();
    }

    private async Task<long> CountAsync(ExportScope scope, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await scope.Containers(db).LongCountAsync(cancel);
    }
}
