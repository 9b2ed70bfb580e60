using Assay.Server.Datastores;
using Assay.Server.Datastores.Enrichment;
using Assay.Server.Enrichment.Outbox;
using Assay.Server.Enrichment.Tables;
using Assay.Server.Store;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Enrichment.Reads;

/// <summary>How writing to enrichment stores goes.</summary>
internal sealed class EnrichmentStates(AssayDb db, TimeProvider clock)
{
    /// <returns>Null where there is no such datastore.</returns>
    public async Task<EnrichmentView?> FindAsync(long id, CancellationToken cancel)
    {
        if (await db.Set<Datastore>().AsNoTracking().FirstOrDefaultAsync(d => d.Id == id && d.Deleted == null, cancel) is not { } datastore) return null;
        var targetId = datastore.EnrichmentOnly ? id : datastore.EnrichmentDatastoreId;
        if (targetId is not { } target) return new EnrichmentView(null, "unlinked", 0, null, null, 0, null, null, null, null, []);
        var store = await db.Set<Datastore>().Where(d => d.Id == target).Select(DatastoreStub.From).FirstAsync(cancel);
        var waiting = db.Set<EvidenceEntry>().Where(e => e.TargetId == target && (datastore.EnrichmentOnly || e.DatastoreId == id));
        var pending = await waiting.LongCountAsync(cancel);
        DateTime? oldest = pending == 0 ? null : await waiting.OrderBy(e => e.Id).Select(e => (DateTime?)e.Created).FirstOrDefaultAsync(cancel);
        var state = await db.Set<EvidenceState>().AsNoTracking().FirstOrDefaultAsync(s => s.DatastoreId == target, cancel);
        var failing = state is { Failures: > 0 } && pending > 0;
        return new EnrichmentView(
            store, pending == 0 ? "idle" : state?.Worker is not null ? "writing" : failing ? "failing" : "waiting", pending, oldest,
            failing ? state!.Message : null, failing ? state!.Failures : 0, failing ? state!.Failed : null, failing ? NextTry(state!) : null, state?.Delivered, state?.Notice, Tables(datastore));
    }

    /// <summary>The store is tried at once, whatever went before.</summary>
    public async Task RetryAsync(long id, CancellationToken cancel)
    {
        var datastore = await db.Set<Datastore>().AsNoTracking().FirstOrDefaultAsync(d => d.Id == id && d.Deleted == null, cancel);
        var target = datastore?.EnrichmentOnly == true ? id : datastore?.EnrichmentDatastoreId;
        await db.Set<EvidenceState>().Where(s => s.DatastoreId == target).ExecuteUpdateAsync(set => set.SetProperty(s => s.NextTry, 0), cancel);
    }

    /// <summary>The tables of a source, by their names.</summary>
    public static IReadOnlyList<string> Tables(Datastore source)
    {
        if (source.EnrichmentOnly) return [];
        var prefix = source.EnrichmentPrefix ?? EnrichmentPrefix.Normalise(source.Name);
        var names = EvidenceTables.All.Select(what => EvidenceTableName.Of(prefix, what));
        return [.. source.EnrichmentRemediationStrategy == Datastore.NoRemediation ? names : names.Append(EvidenceTableName.Of(prefix, "remediation_<container id>"))];
    }

    private DateTime NextTry(EvidenceState state) => new[] { Microseconds.ToTime(state.NextTry), clock.UtcNow() }.Max();
}
