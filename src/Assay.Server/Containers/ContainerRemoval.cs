using Assay.Server.Datastores;
using Assay.Server.Operations.Sync;
using Assay.Server.Store;
using Assay.Server.Web.Responses;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Containers;

/// <summary>Deletes a container for its users: softly, and so that no sync but one with <c>recreate</c> brings it back.</summary>
internal sealed class ContainerRemoval(AssayDb db, TimeProvider clock)
{
    public async Task<Failure?> DeleteAsync(long id, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await db.LockDatastoresOfAsync([id], cancel);
        var now = clock.UtcNow();
        var found = await db.Set<Container>().Where(c => c.Id == id).ExecuteUpdateAsync(set => set
            .SetProperty(c => c.DeletedAt, c => c.DeletedAt ?? now).SetProperty(c => c.DeletedByUser, true).SetProperty(c => c.Updated, now), cancel);
        if (found == 0) return Failure.NotFound("Container", id);
        var datastore = await db.Set<Container>().Where(c => c.Id == id).Select(c => c.DatastoreId).SingleAsync(cancel);
        await db.Database.ExecuteSqlRawAsync($"UPDATE datastores SET {DatastoreFigures.Counted} WHERE id = {{0}}", [datastore], cancel);
        await transaction.CommitAsync(cancel);
        return null;
    }
}
