using Assay.Server.Containers;
using Assay.Server.Identity;
using Assay.Server.Store;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Scans;

/// <summary>Leads from a container scan to its datastore.</summary>
internal sealed class ContainerScanLocator(IDbContextFactory<AssayDb> contexts) : IResourceLocator
{
    public ResourceKind Kind => ResourceKind.ContainerScan;
    public string Name => "Container scan";

    public async ValueTask<long?> FindDatastoreAsync(long id, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await db.Set<ContainerScan>().Where(s => s.Id == id).Join(db.Set<Container>(), s => s.ContainerId, c => c.Id, (s, c) => (long?)c.DatastoreId).FirstOrDefaultAsync(cancel);
    }
}
