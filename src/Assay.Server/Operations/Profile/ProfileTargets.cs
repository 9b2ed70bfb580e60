using Assay.Server.Containers;
using Assay.Server.Operations.Running;
using Assay.Server.Profiles;
using Assay.Server.Store;
using Assay.Server.Tags;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Operations.Profile;

/// <summary>Which containers an operation on some of them means.</summary>
internal sealed class ProfileTargets(IDbContextFactory<AssayDb> contexts)
{
    /// <summary>The containers still to do, and those that an earlier attempt of the same operation finished.</summary>
    public async Task<(IReadOnlyList<TargetContainer> Wanted, IReadOnlyList<ProfiledContainer> Done)> FindAsync(
        OperationRun run, ProfileSettings settings, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var rows = Named(db, run.DatastoreId, settings.ContainerNames, settings.ContainerTags);
        var done = await db.Set<ContainerProfile>().Where(p => p.OperationId == run.Id && p.Result == OperationResult.Success && p.ParentProfileId == null)
            .Join(db.Set<Container>(), p => p.ContainerId, c => c.Id, (p, c) => new { c.Id, Found = new ProfiledContainer(c.Name, p.RecordsProcessed, p.FieldProfilesCount, Math.Max(1, db.Set<PartitionProfile>().Count(x => x.ContainerProfileId == p.Id)), null, null) })
            .ToListAsync(cancel);
        var finished = done.Select(d => d.Id).ToHashSet();
        var wanted = await rows.OrderBy(c => c.Name).Select(c => new TargetContainer(c.Id, c.Name)).ToListAsync(cancel);
        return ([.. wanted.Where(w => !finished.Contains(w.Id))], [.. done.Select(d => d.Found)]);
    }

    /// <summary>The live containers of a datastore with one of these names or tags, inherited tags included; all where neither is given.</summary>
    public static IQueryable<Container> Named(AssayDb db, long datastoreId, IReadOnlyList<string> names, IReadOnlyList<string> tags)
    {
        var rows = db.Set<Container>().AsNoTracking().Where(c => c.DatastoreId == datastoreId && c.DeletedAt == null);
        if (names.Count == 0 && tags.Count == 0) return rows;
        return rows.Where(c => names.Contains(c.Name) || db.Set<Tag>().Any(t => tags.Contains(t.Name)
            && (db.Set<ContainerTag>().Any(x => x.TagId == t.Id && x.ContainerId == c.Id) || db.Set<DatastoreTag>().Any(x => x.TagId == t.Id && x.DatastoreId == c.DatastoreId))));
    }
}

internal sealed record TargetContainer(long Id, string Name);
