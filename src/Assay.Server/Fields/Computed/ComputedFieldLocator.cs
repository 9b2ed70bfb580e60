using Assay.Server.Containers;
using Assay.Server.Identity;
using Assay.Server.Store;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Fields.Computed;

/// <summary>Leads from a computed field to its datastore.</summary>
internal sealed class ComputedFieldLocator(IDbContextFactory<AssayDb> contexts) : IResourceLocator
{
    public ResourceKind Kind => ResourceKind.ComputedField;
    public string Name => "Computed field";

    public async ValueTask<long?> FindDatastoreAsync(long id, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await db.Set<ComputedField>().Where(f => f.Id == id).Join(db.Set<Container>(), f => f.ContainerId, c => c.Id, (f, c) => (long?)c.DatastoreId)
            .FirstOrDefaultAsync(cancel);
    }
}
