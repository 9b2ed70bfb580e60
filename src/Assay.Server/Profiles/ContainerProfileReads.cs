using Assay.Server.Containers;
using Assay.Server.Fields;
using Assay.Server.Identity;
using Assay.Server.Masking;
using Assay.Server.Operations;
using Assay.Server.Store;
using Assay.Server.Web.Responses;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Profiles;

/// <summary>Reads profiles of containers.</summary>
internal sealed class ContainerProfileReads(AssayDb db)
{
    public async Task<PageOf<ContainerProfileView>> PageAsync(ContainerProfileQuery query, Caller caller, CancellationToken cancel)
    {
        var visible = db.DatastoresVisibleTo(caller);
        var containers = db.Set<Container>().Where(c => c.DeletedAt == null && visible.Any(d => d.Id == c.DatastoreId));
        if (query.Datastore is { } datastores) containers = containers.Where(c => datastores.Contains(c.DatastoreId));
        if (query.Container is { } wanted) containers = containers.Where(c => wanted.Contains(c.Id));
        var rows = db.Set<ContainerProfile>().AsNoTracking().Where(p => containers.Any(c => c.Id == p.ContainerId));
        if (query.LatestOnly == true) rows = rows.Where(p => db.Set<Container>().Any(c => c.LatestProfileId == p.Id));
        var page = await rows.By(query.SortCreated ?? "desc", p => p.Created).By(query.SortCreated ?? "desc", p => p.Id).ToPageAsync(query, cancel);
        return page.With(await ViewsAsync(db, page.Items, cancel));
    }

    public Task<bool> ExistsAsync(long id, CancellationToken cancel) => db.Set<ContainerProfile>().AnyAsync(p => p.Id == id, cancel);

    public Task<ContainerProfileDetail?> FindAsync(long id, CancellationToken cancel) => DetailAsync(db.Set<ContainerProfile>().Where(p => p.Id == id), cancel);

    /// <summary>The latest successful profile of a container; null where there is none.</summary>
    public Task<ContainerProfileDetail?> LatestAsync(long containerId, CancellationToken cancel) =>
        DetailAsync(db.Set<ContainerProfile>().Where(p => db.Set<Container>().Any(c => c.Id == containerId && c.LatestProfileId == p.Id)), cancel);

    private async Task<ContainerProfileDetail?> DetailAsync(IQueryable<ContainerProfile> rows, CancellationToken cancel)
    {
        if ((await ViewsAsync(db, rows, cancel)).FirstOrDefault() is not { } view) return null;
        var fields = await FieldProfileReads.StubsAsync(db.Set<FieldProfileRow>().Where(p => p.ContainerProfileId == view.Id), cancel);
        return new ContainerProfileDetail(view, await PartitionsAsync(view, cancel), fields);
    }

    private async Task<IReadOnlyList<ProfiledPartition>> PartitionsAsync(ContainerProfileView profile, CancellationToken cancel)
    {
        var ids = await db.Set<Partition>().Where(p => p.ContainerId == profile.Container.Id).ToDictionaryAsync(p => p.Name, p => p.Id, StringComparer.Ordinal, cancel);
        return [.. (await db.Set<PartitionProfile>().AsNoTracking().Where(p => p.ContainerProfileId == profile.Id).ToListAsync(cancel)).OrderBy(p => p.Name, StringComparer.Ordinal)
            .Select(p => new ProfiledPartition(ids.TryGetValue(p.Name, out var id) ? id : null, p.Name, p.Location, p.PartitionSize, p.Modified, p.Modified, p.RecordsProcessed, profile.Result, profile.Message))];
    }

    public static async Task<IReadOnlyList<ContainerProfileView>> ViewsAsync(AssayDb db, IQueryable<ContainerProfile> rows, CancellationToken cancel) =>
        await ViewsAsync(db, await rows.AsNoTracking().ToListAsync(cancel), cancel);

    private static async Task<IReadOnlyList<ContainerProfileView>> ViewsAsync(AssayDb db, IReadOnlyList<ContainerProfile> rows, CancellationToken cancel)
    {
        var ids = rows.Select(p => p.ContainerId).Distinct().ToArray();
        var containers = await db.Set<Container>().AsNoTracking().Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, OperationParts.Stub, cancel);
        var masked = (await db.Set<Field>().Where(f => ids.Contains(f.ContainerId) && f.Status == FieldStatus.Masked).Select(f => new { f.ContainerId, f.Name }).ToListAsync(cancel))
            .ToLookup(f => f.ContainerId, f => f.Name);
        return [.. rows.Select(p => ContainerProfileView.Of(p, containers[p.ContainerId]) is var view && p.Filter is { } filter && masked[p.ContainerId].Any(name => Mention.Of(filter, name))
            ? view with { Filter = Mask.Text } : view)];
    }
}
