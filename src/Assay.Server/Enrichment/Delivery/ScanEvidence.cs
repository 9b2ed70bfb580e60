using Assay.Server.Containers;
using Assay.Server.Datastores;
using Assay.Server.Fields;
using Assay.Server.Scans;
using Assay.Server.Store;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Enrichment.Delivery;

/// <summary>What the rows of one scan's evidence have in common. Names and masks are those of now: what was masked after the scan is not shown any more.</summary>
/// <param name="Fields">The fields whose values may be kept.</param>
/// <param name="Partition">Where all rows come from: the table, or the only file; null where there are several.</param>
internal sealed record ScanEvidence(
    QueuedEntry Entry, ContainerScan Scan, Container Container, string Datastore, IReadOnlyList<Field> Fields, string? Partition, IReadOnlyDictionary<long, CheckFacts> Checks)
{
    /// <returns>Null where the container is gone meanwhile.</returns>
    public static async Task<ScanEvidence?> FindAsync(AssayDb db, QueuedEntry entry, CancellationToken cancel)
    {
        if (await db.Set<ContainerScan>().AsNoTracking().FirstOrDefaultAsync(s => s.Id == entry.ContainerScanId, cancel) is not { } scan) return null;
        if (await db.Set<Container>().AsNoTracking().FirstOrDefaultAsync(c => c.Id == scan.ContainerId, cancel) is not { } container) return null;
        var name = await db.Set<Datastore>().Where(d => d.Id == container.DatastoreId).Select(d => d.Name).FirstAsync(cancel);
        var fields = await db.Set<Field>().AsNoTracking().Where(f => f.ContainerId == container.Id && (f.Status == FieldStatus.Active || f.Status == FieldStatus.Masked))
            .OrderBy(f => f.Ordinal).ThenBy(f => f.Id).ToListAsync(cancel);
        var partitions = await db.Set<Partition>().Where(p => p.ContainerId == container.Id).OrderBy(p => p.Id).Select(p => p.Name).Take(2).ToListAsync(cancel);
        return new ScanEvidence(entry, scan, container, name, fields, partitions switch { [] => container.Name, [var only] => only, _ => null }, await CheckFacts.OfAsync(db, scan.Id, cancel));
    }

    public IReadOnlySet<string> Masked { get; } = Fields.Where(f => f.Status == FieldStatus.Masked).Select(f => f.Name).ToHashSet(StringComparer.Ordinal);

    public IReadOnlySet<string> Times { get; } = Fields.Where(f => f.Type is "Date" or "Timestamp").Select(f => f.Name).ToHashSet(StringComparer.Ordinal);
}
