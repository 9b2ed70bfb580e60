using Assay.Server.Containers;
using Assay.Server.Operations.Profile;
using Assay.Server.Operations.Running;
using Assay.Server.Scans;
using Assay.Server.Store;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Operations.Scan;

/// <summary>Which containers a scan still has to look at, and which an earlier attempt of the same operation has finished.</summary>
internal sealed class ScanTargets(IDbContextFactory<AssayDb> contexts)
{
    public async Task<(IReadOnlyList<TargetContainer> Wanted, IReadOnlyList<ScanPart> Done)> FindAsync(OperationRun run, ScanSettings settings, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var done = await db.Set<ContainerScan>().Where(s => s.OperationId == run.Id && s.Result == OperationResult.Success)
            .Join(db.Set<Container>(), s => s.ContainerId, c => c.Id, (s, c) => new { c.Id, Part = new ScanPart(c.Name, s.RecordsProcessed, s.AnomalyCount, Math.Max(1, db.Set<PartitionScan>().Count(p => p.ContainerScanId == s.Id)), null) }).ToListAsync(cancel);
        var finished = done.Select(d => d.Id).ToHashSet();
        var containers = ProfileTargets.Named(db, run.DatastoreId, settings.ContainerNames, settings.ContainerTags);
        if (settings.PartitionNames is { Count: > 0 } partitions)
            containers = containers.Where(c => db.Set<Partition>().Any(p => p.ContainerId == c.Id && partitions.Contains(p.Name)));
        var wanted = await containers
            .OrderBy(c => c.Name).Select(c => new TargetContainer(c.Id, c.Name)).ToListAsync(cancel);
        return ([.. wanted.Where(w => !finished.Contains(w.Id))], [.. done.Select(d => d.Part)]);
    }
}
