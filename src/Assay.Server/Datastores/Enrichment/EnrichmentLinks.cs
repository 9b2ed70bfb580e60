using Assay.Server.Identity;
using Assay.Server.Store;
using Assay.Server.Web.Responses;

namespace Assay.Server.Datastores.Enrichment;

/// <summary>Links sources to enrichment stores and takes them off again.</summary>
internal sealed class EnrichmentLinks(AssayDb db, EnrichmentRules rules, TimeProvider clock)
{
    /// <summary>Links, or switches from another store. Linking what is linked already changes nothing.</summary>
    public Task<Outcome<bool>> LinkAsync(long sourceId, long targetId, Caller caller, CancellationToken cancel) => db.InTransactionAsync<bool>(async () =>
    {
        var found = await db.LockDatastoresAsync([sourceId, targetId], cancel);
        if (!found.TryGetValue(sourceId, out var source)) return Failure.NotFound("Datastore", sourceId);
        if (source.EnrichmentOnly) return Failure.Conflict($"The datastore id: {sourceId} is an enrichment store");
        if (!found.TryGetValue(targetId, out var target)) return Failure.NotFound("Datastore", targetId);
        if (source.EnrichmentDatastoreId == targetId) return false;
        source.EnrichmentPrefix ??= EnrichmentPrefix.Normalise(source.Name);
        if (await rules.RefuseLinkAsync(source, target, caller, cancel) is { } refusal) return refusal;
        source.EnrichmentDatastoreId = targetId;
        source.Updated = clock.UtcNow();
        await db.SaveChangesAsync(cancel);
        return true;
    }, cancel);

    /// <summary>Unlinks, and stops replicating; what was written stays at the store. Also right where nothing is linked.</summary>
    public Task<Outcome<bool>> UnlinkAsync(long sourceId, CancellationToken cancel) => db.InTransactionAsync<bool>(async () =>
    {
        if (await db.LockDatastoreAsync(sourceId, cancel) is not { } source) return Failure.NotFound("Datastore", sourceId);
        if (source.EnrichmentDatastoreId is null) return false;
        source.EnrichmentDatastoreId = null;
        source.EnrichmentRemediationStrategy = Datastore.NoRemediation;
        source.Updated = clock.UtcNow();
        await db.SaveChangesAsync(cancel);
        return true;
    }, cancel);
}
