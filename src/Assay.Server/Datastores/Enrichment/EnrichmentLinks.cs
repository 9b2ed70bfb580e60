using Assay.Server.Datastores.Writes;
using Assay.Server.Enrichment.Outbox;
using Assay.Server.Enrichment.Reads;
using Assay.Server.Identity;
using Assay.Server.Operations;
using Assay.Server.Operations.Export;
using Assay.Server.Operations.Materialize;
using Assay.Server.Store;
using Assay.Server.Web.Responses;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Datastores.Enrichment;

/// <summary>Links sources to enrichment stores and takes them off again.</summary>
internal sealed class EnrichmentLinks(AssayDb db, EnrichmentRules rules, DatastoreTester tester, TimeProvider clock)
{
    /// <summary>What a link would come to, without making it.</summary>
    public async Task<Outcome<LinkPlanView>> PlanAsync(long sourceId, long targetId, Caller caller, CancellationToken cancel)
    {
        var checkedPair = await db.InTransactionAsync(() => PairAsync(sourceId, targetId, caller, cancel), cancel);
        if (!checkedPair.Try(out var pair, out var refusal)) return refusal;
        if (!(await tester.VerifyAsync(targetId, cancel)).Try(out var verdict, out var untested)) return untested;
        return new LinkPlanView(verdict.Connected, verdict.Message, EnrichmentStates.Tables(pair.Source));
    }

    /// <summary>
    /// Links a store that can be written, or switches from another one; what still waits goes to the new one. Linking what is linked already changes nothing.
    /// </summary>
    public async Task<Outcome<bool>> LinkAsync(long sourceId, long targetId, Caller caller, CancellationToken cancel)
    {
        if (await db.Set<Datastore>().AnyAsync(d => d.Id == sourceId && d.EnrichmentDatastoreId == targetId && d.Deleted == null, cancel)) return false;
        // The store is tried before anything is locked: it may take its time.
        if (!(await PlanAsync(sourceId, targetId, caller, cancel)).Try(out var plan, out var untried)) return untried;
        db.ChangeTracker.Clear();
        return await db.InTransactionAsync<bool>(async () =>
        {
            if (!(await PairAsync(sourceId, targetId, caller, cancel)).Try(out var pair, out var refusal)) return refusal;
            var source = pair.Source;
            if (source.EnrichmentDatastoreId == targetId) return false;
            if (!plan.Connected) return Failure.Unreachable($"The enrichment datastore id: {targetId} cannot be written: {plan.Message}");
            if (source.EnrichmentDatastoreId is not null && await RefuseWhileWritingAsync(sourceId, cancel) is { } busy) return busy;
            source.EnrichmentDatastoreId = targetId;
            source.Updated = clock.UtcNow();
            await db.SaveChangesAsync(cancel);
            await db.RedirectEvidenceAsync(sourceId, targetId, cancel);
            return true;
        }, cancel);
    }

    /// <summary>Unlinks, and stops replicating; what was written stays at the store, what still waits is not written. Also right where nothing is linked.</summary>
    public Task<Outcome<bool>> UnlinkAsync(long sourceId, CancellationToken cancel) => db.InTransactionAsync<bool>(async () =>
    {
        if (await db.LockDatastoreAsync(sourceId, cancel) is not { } source) return Failure.NotFound("Datastore", sourceId);
        if (source.EnrichmentDatastoreId is null) return false;
        if (await RefuseWhileWritingAsync(sourceId, cancel) is { } busy) return busy;
        source.EnrichmentDatastoreId = null;
        source.EnrichmentRemediationStrategy = Datastore.NoRemediation;
        source.Updated = clock.UtcNow();
        await db.SaveChangesAsync(cancel);
        await db.DiscardEvidenceAsync(sourceId, cancel);
        return true;
    }, cancel);

    private async Task<Outcome<Pair>> PairAsync(long sourceId, long targetId, Caller caller, CancellationToken cancel)
    {
        var found = await db.LockDatastoresAsync([sourceId, targetId], cancel);
        if (!found.TryGetValue(sourceId, out var source)) return Failure.NotFound("Datastore", sourceId);
        if (source.EnrichmentOnly) return Failure.Conflict($"The datastore id: {sourceId} is an enrichment store");
        if (!found.TryGetValue(targetId, out var target)) return Failure.NotFound("Datastore", targetId);
        source.EnrichmentPrefix ??= EnrichmentPrefix.Normalise(source.Name);
        return source.EnrichmentDatastoreId != targetId && await rules.RefuseLinkAsync(source, target, caller, cancel) is { } refusal ? refusal : new Pair(source, target);
    }

    // They write to the store that was linked when they began.
    private async Task<Failure?> RefuseWhileWritingAsync(long sourceId, CancellationToken cancel) =>
        await db.Set<Operation>().AnyAsync(o => o.DatastoreId == sourceId && o.EndTime == null && (o.Type == ExportKind.Name || o.Type == MaterializeKind.Name), cancel)
            ? Failure.Conflict("Cannot disconnect enrichment datastore: active export or materialize operations exist") : null;

    private sealed record Pair(Datastore Source, Datastore Target);
}
