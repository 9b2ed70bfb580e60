using Assay.Server.Identity;
using Assay.Server.Store;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Containers;

/// <summary>Leads from a partition to its datastore.</summary>
internal sealed class PartitionLocator(IDbContextFactory<AssayDb> contexts) : IResourceLocator
{
    public ResourceKind Kind => ResourceKind.Partition;
    public string Name => "Partition";

    public async ValueTask<long?> FindDatastoreAsync(long id, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await db.Set<Partition>().Where(p => p.Id == id).Join(db.Set<Container>(), p => p.ContainerId, c => c.Id, (p, c) => (long?)c.DatastoreId)
            .FirstOrDefaultAsync(cancel);
    }
}
