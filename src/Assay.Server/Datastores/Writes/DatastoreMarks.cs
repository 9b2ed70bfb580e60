using Assay.Server.Groups;
using Assay.Server.Identity;
using Assay.Server.Store;
using Assay.Server.Web.Responses;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Datastores.Writes;

/// <summary>The small changes: a user's favourite, the group.</summary>
internal sealed class DatastoreMarks(AssayDb db, TimeProvider clock)
{
    public async Task SetFavoriteAsync(long id, bool favorite, Caller caller, CancellationToken cancel)
    {
        if (favorite)
            await db.Database.ExecuteSqlAsync(
                $"INSERT INTO datastore_favorites (user_id, datastore_id) SELECT {caller.Id}, id FROM datastores WHERE id = {id} AND deleted IS NULL ON CONFLICT DO NOTHING", cancel);
        else await db.Set<Favorite>().Where(f => f.UserId == caller.Id && f.DatastoreId == id).ExecuteDeleteAsync(cancel);
    }

    /// <summary>Puts a datastore into a group, out of whatever other it was in; null takes it out.</summary>
    public Task<Outcome<bool>> AssignGroupAsync(long id, long? groupId, CancellationToken cancel) => db.InTransactionAsync<bool>(async () =>
    {
        if (await db.LockDatastoreAsync(id, cancel) is not { } datastore) return Failure.NotFound("Datastore", id);
        if (groupId is { } wanted && !await db.Set<DatastoreGroup>().AnyAsync(g => g.Id == wanted, cancel)) return GroupDesk.NotFound(wanted);
        if (datastore.GroupId == groupId) return false;
        datastore.GroupId = groupId;
        datastore.Updated = clock.UtcNow();
        await db.SaveChangesAsync(cancel);
        return true;
    }, cancel);
}
