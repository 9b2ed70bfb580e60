using Assay.Server.Containers;
using Assay.Server.Identity;
using Assay.Server.Store;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Fields;

/// <summary>Leads from a field to its datastore.</summary>
internal sealed class FieldLocator(IDbContextFactory<AssayDb> contexts) : IResourceLocator
{
    public ResourceKind Kind => ResourceKind.Field;
    public string Name => "Field";

    public async ValueTask<long?> FindDatastoreAsync(long id, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await db.Set<Field>().Where(f => f.Id == id).Join(db.Set<Container>(), f => f.ContainerId, c => c.Id, (f, c) => (long?)c.DatastoreId)
            .FirstOrDefaultAsync(cancel);
    }
}
