using Assay.Server.Anomalies;
using Assay.Server.Identity;
using Assay.Server.Store;
using Assay.Server.Tags;
using Assay.Server.Web.Responses;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Containers;

/// <summary>Reads partitions with what they inherit.</summary>
internal sealed class PartitionReads(AssayDb db)
{
    public async Task<PageOf<PartitionView>> PageAsync(PartitionQuery query, Caller caller, CancellationToken cancel)
    {
        var visible = db.DatastoresVisibleTo(caller);
        var rows = db.Set<Partition>().AsNoTracking()
            .Where(p => db.Set<Container>().Any(c => c.Id == p.ContainerId && c.DeletedAt == null && visible.Any(d => d.Id == c.DatastoreId)));
        if (query.Container is { } containers) rows = rows.Where(p => containers.Contains(p.ContainerId));
        if (query.Name is { } name) rows = rows.Where(p => p.Name == name);
        var page = await rows.By(query.SortName, p => p.Name).By(query.SortCreated, p => p.Created).By(query.SortName ?? query.SortCreated ?? "asc", p => p.Id)
            .ToPageAsync(query, cancel);
        return page.With(await ShowAsync(page.Items, cancel));
    }

    public async Task<PartitionView?> FindAsync(long id, CancellationToken cancel) =>
        await db.Set<Partition>().AsNoTracking().FirstOrDefaultAsync(p => p.Id == id, cancel) is { } row ? (await ShowAsync([row], cancel))[0] : null;

    private async Task<List<PartitionView>> ShowAsync(IReadOnlyList<Partition> rows, CancellationToken cancel)
    {
        var (ids, containerIds) = (rows.Select(p => p.Id).ToArray(), rows.Select(p => p.ContainerId).Distinct().ToArray());
        var tags = db.Set<Tag>().AsNoTracking();
        var own = await db.Set<PartitionTag>().Where(t => ids.Contains(t.PartitionId))
            .Join(tags, t => t.TagId, t => t.Id, (link, tag) => new { link.PartitionId, tag }).ToListAsync(cancel);
        var ofContainers = await db.Set<ContainerTag>().Where(t => containerIds.Contains(t.ContainerId))
            .Join(tags, t => t.TagId, t => t.Id, (link, tag) => new { link.ContainerId, tag }).ToListAsync(cancel);
        var ofDatastores = await db.Set<Container>().Where(c => containerIds.Contains(c.Id))
            .Join(db.Set<DatastoreTag>(), c => c.DatastoreId, t => t.DatastoreId, (c, link) => new { c.Id, link.TagId })
            .Join(tags, t => t.TagId, t => t.Id, (link, tag) => new { ContainerId = link.Id, tag }).ToListAsync(cancel);
        var inherited = ofContainers.Concat(ofDatastores).ToLookup(t => t.ContainerId, t => t.tag);
        var names = rows.Select(p => p.Name).Distinct().ToArray();
        var found = (await db.Set<Anomaly>().Where(a => containerIds.Contains(a.ContainerId) && a.Partition != null && names.Contains(a.Partition))
            .GroupBy(a => new { a.ContainerId, a.Partition, a.Status }).Select(g => new { g.Key, Count = g.LongCount() }).ToListAsync(cancel))
            .ToDictionary(g => (g.Key.ContainerId, g.Key.Partition!, g.Key.Status), g => g.Count);
        return [.. rows.Select(p => new PartitionView(p.Id, p.Created, p.Name, p.Location, p.PartitionSize, p.Modified, p.ContainerId)
        {
            GlobalTags = [.. inherited[p.ContainerId].Concat(own.Where(t => t.PartitionId == p.Id).Select(t => t.tag))
                .DistinctBy(t => t.Id).OrderBy(t => t.Name, StringComparer.Ordinal).Select(TagView.Of)],
            MinTime = p.Modified,
            MaxTime = p.Modified,
            NumActive = found.GetValueOrDefault((p.ContainerId, p.Name, AnomalyStatus.Active)),
            NumInvalid = found.GetValueOrDefault((p.ContainerId, p.Name, AnomalyStatus.Invalid)),
            NumAcknowledged = found.GetValueOrDefault((p.ContainerId, p.Name, AnomalyStatus.Acknowledged)),
            NumResolved = found.GetValueOrDefault((p.ContainerId, p.Name, AnomalyStatus.Resolved)),
        })];
    }
}
