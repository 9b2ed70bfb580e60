using Assay.Server.Containers;
using Assay.Server.Identity;
using Assay.Server.Store;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Profiles;

/// <summary>Leads from a container's profile to its datastore.</summary>
internal sealed class ContainerProfileLocator(IDbContextFactory<AssayDb> contexts) : IResourceLocator
{
    public ResourceKind Kind => ResourceKind.ContainerProfile;
    public string Name => "Container profile";

    public async ValueTask<long?> FindDatastoreAsync(long id, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await db.Set<ContainerProfile>().Where(p => p.Id == id).Join(db.Set<Container>(), p => p.ContainerId, c => c.Id, (p, c) => (long?)c.DatastoreId).FirstOrDefaultAsync(cancel);
    }
}

/// <summary>Leads from a field's profile to its datastore.</summary>
internal sealed class FieldProfileLocator(IDbContextFactory<AssayDb> contexts) : IResourceLocator
{
    public ResourceKind Kind => ResourceKind.FieldProfile;
    public string Name => "Field profile";

    public async ValueTask<long?> FindDatastoreAsync(long id, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await db.Set<FieldProfileRow>().Where(p => p.Id == id).Join(db.Set<Container>(), p => p.ContainerId, c => c.Id, (p, c) => (long?)c.DatastoreId).FirstOrDefaultAsync(cancel);
    }
}
