using Assay.Server.Containers;
using Assay.Server.Store;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Datastores;

/// <summary>
/// Lets one transaction at a time decide about a datastore. Whoever writes containers or fields, and what is counted of them, takes it before anything
/// else: taken in different orders, rows would be waited for in a circle.
/// </summary>
internal static class DatastoreLock
{
    /// <summary>
    /// Locks datastores until the open transaction ends and returns those that are there, by id. Always in the order of ids, so
    /// that two who need the same ones wait instead of deadlocking.
    /// </summary>
    public static async Task<Dictionary<long, Datastore>> LockDatastoresAsync(this AssayDb db, IEnumerable<long> ids, CancellationToken cancel)
    {
        var found = new Dictionary<long, Datastore>();
        foreach (var id in ids.Distinct().Order())
        {
            // An update of nothing takes the row's lock on PostgreSQL; on SQLite the transaction has the whole store already.
            if (db.Database.IsNpgsql() && await db.Set<Datastore>().Where(d => d.Id == id && d.Deleted == null)
                    .ExecuteUpdateAsync(set => set.SetProperty(d => d.Deleted, d => d.Deleted), cancel) == 0) continue;
            if (await db.Set<Datastore>().SingleOrDefaultAsync(d => d.Id == id && d.Deleted == null, cancel) is { } datastore) found.Add(id, datastore);
        }
        return found;
    }

    /// <summary>Locks the datastores of containers.</summary>
    public static async Task LockDatastoresOfAsync(this AssayDb db, IReadOnlyCollection<long> containers, CancellationToken cancel) => await db.LockDatastoresAsync(
        await db.Set<Container>().Where(c => EF.Parameter(containers).Contains(c.Id)).Select(c => c.DatastoreId).Distinct().ToListAsync(cancel), cancel);

    public static async Task<Datastore?> LockDatastoreAsync(this AssayDb db, long id, CancellationToken cancel) =>
        (await db.LockDatastoresAsync([id], cancel)).GetValueOrDefault(id);
}
