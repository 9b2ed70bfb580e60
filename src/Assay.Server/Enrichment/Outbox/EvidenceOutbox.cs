using System.Text.Json;
using Assay.Server.Datastores;
using Assay.Server.Datastores.Enrichment;
using Assay.Server.Enrichment.Tables;
using Assay.Server.Scans;
using Assay.Server.Store;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Enrichment.Outbox;

/// <summary>Notes what enrichment stores are to be told, within the transactions of what happened. Whoever calls has locked the source.</summary>
internal static class EvidenceOutbox
{
    /// <summary>Notes the evidence of a scan of a container, where the source has an enrichment store.</summary>
    /// <param name="limits">Source records kept per anomaly, and records read per partition.</param>
    public static async Task AddEvidenceAsync(
        this AssayDb db, Datastore source, ContainerScan scan, string remediation, (long Records, long Read) limits, CancellationToken cancel)
    {
        if (source.EnrichmentDatastoreId is not { } target || scan.OperationId is not { } operation) return;
        db.Add(new EvidenceEntry
        {
            TargetId = target,
            DatastoreId = source.Id,
            ContainerScanId = scan.Id,
            OperationId = operation,
            Prefix = source.EnrichmentPrefix ?? EnrichmentPrefix.Normalise(source.Name),
            Remediation = remediation,
            SourceRecordLimit = limits.Records,
            MaxRecordsAnalyzed = limits.Read,
            Created = scan.Created,
        });
        await db.SaveChangesAsync(cancel);
        await db.BeginStateAsync(target, cancel);
    }

    /// <summary>What waits goes to the store that the source is linked to now, from its beginning.</summary>
    public static async Task RedirectEvidenceAsync(this AssayDb db, long sourceId, long targetId, CancellationToken cancel)
    {
        await Waiting(db, sourceId).ExecuteUpdateAsync(set => set
            .SetProperty(e => e.TargetId, targetId).SetProperty(e => e.Step, 0).SetProperty(e => e.Batch, 0)
            .SetProperty(e => e.After1, -1).SetProperty(e => e.After2, -1).SetProperty(e => e.Until1, (long?)null).SetProperty(e => e.Until2, (long?)null), cancel);
        await db.BeginStateAsync(targetId, cancel);
    }

    /// <summary>What waits is not written any more.</summary>
    public static Task DiscardEvidenceAsync(this AssayDb db, long sourceId, CancellationToken cancel) => Waiting(db, sourceId).ExecuteDeleteAsync(cancel);

    /// <summary>Has the tables that were written for a source dropped at their stores.</summary>
    public static async Task DropTablesAsync(this AssayDb db, Datastore source, DateTime now, CancellationToken cancel)
    {
        var written = await db.Set<WrittenTable>().AsNoTracking().Where(t => t.DatastoreId == source.Id && db.Set<Datastore>().Any(d => d.Id == t.TargetId && d.Deleted == null))
            .OrderBy(t => t.Id).Select(t => new { t.TargetId, t.Name }).ToListAsync(cancel);
        foreach (var store in written.GroupBy(t => t.TargetId, t => t.Name))
        {
            db.Add(new EvidenceEntry { TargetId = store.Key, DatastoreId = source.Id, Tables = JsonSerializer.Serialize(store), Created = now });
            await db.SaveChangesAsync(cancel);
            await db.BeginStateAsync(store.Key, cancel);
        }
    }

    private static IQueryable<EvidenceEntry> Waiting(AssayDb db, long sourceId) => db.Set<EvidenceEntry>().Where(e => e.DatastoreId == sourceId && e.ContainerScanId != null);

    private static Task BeginStateAsync(this AssayDb db, long target, CancellationToken cancel) =>
        db.Database.ExecuteSqlAsync($"INSERT INTO evidence_state (datastore_id) VALUES ({target}) ON CONFLICT (datastore_id) DO NOTHING", cancel);
}
