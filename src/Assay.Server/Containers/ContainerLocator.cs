using Assay.Server.Identity;
using Assay.Server.Store;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Containers;

/// <summary>Leads from a container to its datastore.</summary>
internal sealed class ContainerLocator(IDbContextFactory<AssayDb> contexts) : IResourceLocator
{
    public ResourceKind Kind => ResourceKind.Container;
    public string Name => "Container";

    public async ValueTask<long?> FindDatastoreAsync(long id, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await db.Set<Container>().Where(c => c.Id == id).Select(c => (long?)c.DatastoreId).FirstOrDefaultAsync(cancel);
    }
}
