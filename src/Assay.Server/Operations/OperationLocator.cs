using Assay.Server.Identity;
using Assay.Server.Store;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Operations;

/// <summary>Leads from an operation to its datastore.</summary>
internal sealed class OperationLocator(IDbContextFactory<AssayDb> contexts) : IResourceLocator
{
    public ResourceKind Kind => ResourceKind.Operation;
    public string Name => "Operation";

    public async ValueTask<long?> FindDatastoreAsync(long id, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await db.Set<Operation>().Where(o => o.Id == id).Select(o => (long?)o.DatastoreId).FirstOrDefaultAsync(cancel);
    }
}
