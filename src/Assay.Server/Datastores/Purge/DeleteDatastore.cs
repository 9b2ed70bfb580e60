using Assay.Server.Datastores.Enrichment;
using Assay.Server.Enrichment.Outbox;
using Assay.Server.Operations;
using Assay.Server.Store;
using Assay.Server.Web.Responses;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Datastores.Purge;

/// <summary>Hides a datastore at once, whatever its size, and stops what runs on it. <see cref="DatastorePurge"/> removes the rest.</summary>
internal sealed class DeleteDatastore(AssayDb db, EnrichmentRules enrichment, PurgeSignal signal, TimeProvider clock)
{
    /// <param name="dropTables">Also drop the tables that were written for it to enrichment stores.</param>
    public async Task<Outcome<bool>> RunAsync(long id, bool dropTables, CancellationToken cancel)
    {
        var outcome = await db.InTransactionAsync(() => HideAsync(id, dropTables, cancel), cancel);
        if (outcome.Failure is null) signal.Now();
        return outcome;
    }

    /// <summary>Deletes each of them or says why it stays. Enrichment stores come last, when their sources are gone.</summary>
    public async Task<DeleteResult> RunAsync(IReadOnlyList<long> ids, bool dropTables, CancellationToken cancel)
    {
        var stores = (await db.Set<Datastore>().Where(d => EF.Parameter(ids).Contains(d.Id) && d.EnrichmentOnly).Select(d => d.Id).ToListAsync(cancel)).ToHashSet();
        var errors = new Dictionary<long, string>();
        foreach (var id in ids.OrderBy(stores.Contains))
        {
            db.ChangeTracker.Clear();
            if ((await RunAsync(id, dropTables, cancel)).Failure is { } failure) errors.Add(id, failure.Text);
        }
        return new DeleteResult([.. ids.Where(id => !errors.ContainsKey(id))], [.. ids.Where(errors.ContainsKey).Select(id => new DeleteError(id, errors[id]))]);
    }

    private async Task<Outcome<bool>> HideAsync(long id, bool dropTables, CancellationToken cancel)
    {
        if (await db.LockDatastoreAsync(id, cancel) is not { } datastore) return Failure.NotFound("Datastore", id);
        if (datastore.EnrichmentOnly && await enrichment.RefuseWhileLinkedAsync(id, "delete the enrichment store", cancel) is { } linked) return linked;
        var now = clock.UtcNow();
        datastore.Deleted = now;
        datastore.EnrichmentDatastoreId = null; // the prefix is free for others at once
        await db.SaveChangesAsync(cancel);
        await db.DiscardEvidenceAsync(id, cancel);
        if (dropTables) await db.DropTablesAsync(datastore, now, cancel);
        var open = db.Set<Operation>().Where(o => o.DatastoreId == id && o.EndTime == null);
        await open.Where(o => o.Result == OperationResult.Queued).ExecuteUpdateAsync(set => set
            .SetProperty(o => o.Result, OperationResult.Aborted).SetProperty(o => o.EndTime, now).SetProperty(o => o.Message, "The datastore was deleted."), cancel);
        // The worker learns of it with its next heartbeat.
        await open.ExecuteUpdateAsync(set => set.SetProperty(o => o.AbortRequested, true), cancel);
        return true;
    }
}
