using Assay.Server.Containers;
using Assay.Server.Operations.Profile;
using Assay.Server.Operations.Running;
using Assay.Server.Store;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Operations.Materialize;

/// <summary>Which containers still have to be copied, and which an earlier attempt of the same operation has finished.</summary>
internal sealed class MaterializeTargets(IDbContextFactory<AssayDb> contexts)
{
    public async Task<(IReadOnlyList<TargetContainer> Wanted, IReadOnlyList<CopiedPart> Done)> FindAsync(OperationRun run, MaterializeSettings settings, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var done = await db.Set<ContainerCopy>().Where(c => c.OperationId == run.Id && c.Result == OperationResult.Success)
            .Join(db.Set<Container>(), c => c.ContainerId, c => c.Id, (copy, c) => new { c.Id, Part = new CopiedPart(c.Name, copy.RecordsProcessed, null) }).ToListAsync(cancel);
        var finished = done.Select(d => d.Id).ToHashSet();
        var wanted = await ProfileTargets.Named(db, run.DatastoreId, settings.ContainerNames, settings.ContainerTags)
            .OrderBy(c => c.Name).Select(c => new TargetContainer(c.Id, c.Name)).ToListAsync(cancel);
        return ([.. wanted.Where(w => !finished.Contains(w.Id))], [.. done.Select(d => d.Part)]);
    }

    /// <summary>Whether no other live container of the datastore has the name, in whatever case.</summary>
    public async Task<bool> IsAloneAsync(Container container, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return !await db.Set<Container>().AnyAsync(c => c.DatastoreId == container.DatastoreId && c.DeletedAt == null && c.NameKey == container.NameKey && c.Id != container.Id, cancel);
    }
}
