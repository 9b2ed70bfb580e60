using Assay.Server.Datastores;
using Assay.Server.History;
using Assay.Server.Identity;
using Assay.Server.Store;
using Assay.Server.Web.Responses;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Connections.Edits;

/// <summary>Deletes connections that no datastore uses any more.</summary>
internal sealed class ConnectionRemover(AssayDb db, TimeProvider clock)
{
    private const int NamesShown = 3;
    // Deleted datastores hold their connection until they are purged, which is a matter of moments unless they are huge.
    private static readonly TimeSpan PurgeWait = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <returns>Null when it is gone, or the failure.</returns>
    public async Task<Failure?> DeleteAsync(long id, Caller caller, CancellationToken cancel)
    {
        var started = clock.GetTimestamp();
        while (true)
        {
            if (await db.Set<Connection>().AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, cancel) is not { } row) return Failure.NotFound("Connection", id);
            if (await UsedAsync(id, cancel) is { } used) return used;
            if (await TryDeleteAsync(row, caller, cancel)) return null;
            if (clock.GetElapsedTime(started) > PurgeWait)
                return Failure.Conflict($"Connection id: {id} is still held by deleted datastores that are being purged: try again in a moment");
            await Task.Delay(Pause, clock, cancel);
        }
    }

    private async Task<Failure?> UsedAsync(long id, CancellationToken cancel)
    {
        var users = db.Set<Datastore>().Where(d => d.ConnectionId == id && d.Deleted == null);
        var count = await users.LongCountAsync(cancel);
        if (count == 0) return null;
        var names = await users.OrderBy(d => d.Id).Select(d => d.Name).Take(NamesShown).ToListAsync(cancel);
        var more = count > names.Count ? $" and {count - names.Count} more" : "";
        return Failure.Conflict($"Connection id: {id} is used by {count} datastore{(count == 1 ? "" : "s")}: {string.Join(", ", names.Select(n => $"'{n}'"))}{more}");
    }

    /// <returns>False where a datastore, hidden or just made, still refers to the connection.</returns>
    private async Task<bool> TryDeleteAsync(Connection row, Caller caller, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        try
        {
            if (await db.Set<Datastore>().AnyAsync(d => d.ConnectionId == row.Id, cancel)) return false;
            if (await db.Set<Connection>().Where(c => c.Id == row.Id).ExecuteDeleteAsync(cancel) == 0) return false;
        }
        catch (System.Data.Common.DbException problem) when (problem.IsForeignKeyViolation())
        {
            return false;
        }
        var change = Change.Of("connection", row.Id, Change.Delete, ConnectionChanges.Between(row, null, [], []), caller, clock.UtcNow());
        db.Add(change);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return true;
    }
}
