using Assay.Server.Connections;
using Assay.Server.Datastores.Enrichment;
using Assay.Server.Identity;
using Assay.Server.Store;
using Assay.Server.Web.Responses;
using Assay.Sources.Catalogue;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Datastores.Writes;

/// <summary>Changes what a request names and nothing else. A request that changes nothing leaves no trace, not even a time.</summary>
internal sealed class UpdateDatastore(AssayDb db, DatastoreTeams teams, DatastoreTags tags, EnrichmentRules enrichment, ConnectorCatalogue connectors, TimeProvider clock)
{
    public Task<Outcome<Datastore>> RunAsync(long id, UpdateDatastoreRequest request, Caller caller, CancellationToken cancel) => db.InTransactionAsync<Datastore>(async () =>
    {
        if (await db.LockDatastoreAsync(id, cancel) is not { } datastore) return Failure.NotFound("Datastore", id);
        var failure = await MoveAsync(datastore, request, cancel) ?? Rescope(datastore, request)
            ?? await ChangeKindAsync(datastore, request, cancel) ?? await ChangePrefixAsync(datastore, request, cancel);
        if (failure is not null) return failure;
        Describe(datastore, request);
        var changed = db.ChangeTracker.HasChanges();
        if (request.Tags is { } names)
        {
            if (!(await tags.ReplaceAsync(id, names, cancel)).Try(out var retagged, out failure)) return failure;
            changed |= retagged;
        }
        if (request.Teams is { } wanted)
        {
            if (!(await teams.ReplaceAsync(id, wanted, caller, cancel)).Try(out var regrouped, out failure)) return failure;
            changed |= regrouped;
        }
        if (changed) datastore.Updated = clock.UtcNow();
        await db.SaveChangesAsync(cancel);
        return datastore;
    }, cancel);

    private static void Describe(Datastore datastore, UpdateDatastoreRequest request)
    {
        datastore.Name = request.Name ?? datastore.Name;
        if (request.Sent(nameof(request.Description))) datastore.Description = request.Description;
        datastore.EnrichmentSourceRecordLimit = request.EnrichmentSourceRecordLimit ?? datastore.EnrichmentSourceRecordLimit;
        datastore.EnrichmentRemediationStrategy = request.EnrichmentRemediationStrategy ?? datastore.EnrichmentRemediationStrategy;
        datastore.HighCountRollupThreshold = request.HighCountRollupThreshold ?? datastore.HighCountRollupThreshold;
    }

    private async Task<Failure?> MoveAsync(Datastore datastore, UpdateDatastoreRequest request, CancellationToken cancel)
    {
        if (request.ConnectionId is not { } id || id == datastore.ConnectionId) return null;
        if (await db.Set<Connection>().AsNoTracking().FirstOrDefaultAsync(c => c.Id == id, cancel) is not { } connection) return Failure.NotFound("Connection", id);
        if (connection.StoreType != datastore.StoreType)
            return Failure.Conflict($"Connection id: {id} is of store type '{connection.StoreType}', datastore id: {datastore.Id} of '{datastore.StoreType}'");
        (datastore.ConnectionId, datastore.Type) = (connection.Id, connection.Type);
        datastore.Connected = false; // not tried yet
        return datastore.EnrichmentOnly ? enrichment.RefuseTarget(connection.Type) : null;
    }

    private Failure? Rescope(Datastore datastore, UpdateDatastoreRequest request)
    {
        var database = request.Sent(nameof(request.Database)) ? request.Database : datastore.Database;
        var schema = request.Sent(nameof(request.Schema)) ? request.Schema : datastore.Schema;
        var rootPath = request.Sent(nameof(request.RootPath)) ? request.RootPath : datastore.RootPath;
        if (datastore.StoreType == DatastoreScope.Dfs && !request.Sent(nameof(request.RootPath)) && !string.IsNullOrWhiteSpace(schema)) rootPath = schema;
        if (!DatastoreScope.Of(connectors, datastore.Type, datastore.StoreType, database, schema, rootPath, request.FolderGlobbingEnabled ?? datastore.FolderGlobbingEnabled).Try(out var scope, out var failure)) return failure;
        (datastore.Database, datastore.Schema, datastore.RootPath, datastore.FolderGlobbingEnabled) = (scope.Database, scope.Schema, scope.RootPath, scope.FolderGlobbing);
        return null;
    }

    private async Task<Failure?> ChangeKindAsync(Datastore datastore, UpdateDatastoreRequest request, CancellationToken cancel)
    {
        if (request.EnrichmentOnly is not { } enrichmentOnly || enrichmentOnly == datastore.EnrichmentOnly) return null;
        datastore.EnrichmentOnly = enrichmentOnly;
        if (!enrichmentOnly)
        {
            datastore.EnrichmentPrefix ??= EnrichmentPrefix.Normalise(request.Name ?? datastore.Name);
            return await enrichment.RefuseWhileLinkedAsync(datastore.Id, "make the enrichment store a source", cancel);
        }
        return datastore.EnrichmentDatastoreId is { } linked
            ? Failure.Conflict($"Datastore id: {datastore.Id} writes to the enrichment datastore id: {linked}; unlink it first")
            : enrichment.RefuseTarget(datastore.Type);
    }

    private async Task<Failure?> ChangePrefixAsync(Datastore datastore, UpdateDatastoreRequest request, CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(request.EnrichmentPrefix)) return null;
        var prefix = EnrichmentPrefix.Normalise(request.EnrichmentPrefix);
        if (prefix == datastore.EnrichmentPrefix) return null;
        datastore.EnrichmentPrefix = prefix;
        if (datastore.EnrichmentDatastoreId is not { } linked) return null;
        // The store is locked like for a link: two sources must not take one prefix at once.
        await db.LockDatastoreAsync(linked, cancel);
        return await enrichment.RefusePrefixAsync(datastore, linked, cancel);
    }
}
