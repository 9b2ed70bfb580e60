using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Store;

/// <summary>
/// Rules over several rows ("one administrator is left", "this name once per account") hold only when those who could break them
/// take turns. A lock lasts until the transaction that took it ends.
/// </summary>
internal static class TransactionLock
{
    /// <summary>Takes the lock within the open transaction of <paramref name="db"/>; waits for others who hold it.</summary>
    public static Task TakeLockAsync(this AssayDb db, StoreLock name, CancellationToken cancel) =>
        AskAsync(db, $"SELECT pg_advisory_xact_lock({(long)name})", cancel);

    /// <summary>Shares the lock with others who do; whoever takes it alone waits for all of them, and they for it.</summary>
    public static Task ShareLockAsync(this AssayDb db, StoreLock name, CancellationToken cancel) =>
        AskAsync(db, $"SELECT pg_advisory_xact_lock_shared({(long)name})", cancel);

    private static async Task AskAsync(AssayDb db, FormattableString sql, CancellationToken cancel)
    {
        if (db.Database.CurrentTransaction is null) throw new InvalidOperationException("A store lock needs an open transaction.");
        // SQLite's transactions begin immediate, so the one that is open already excludes every other writer.
        if (db.Database.IsNpgsql()) await db.Database.ExecuteSqlAsync(sql, cancel);
    }
}

/// <summary>What can be locked; the numbers are PostgreSQL's advisory lock keys and must not change while nodes of two versions run.</summary>
internal enum StoreLock : long
{
    /// <summary>Users and teams with their members: changes are rare, and take turns instead of deadlocking.</summary>
    People = 4_201,
    ServiceTokenNames = 4_202,
    /// <summary>Who seals secrets shares it; who adds a data key takes it alone.</summary>
    DataKeys = 4_301,
    /// <summary>Who adds or renames a connection takes it, so that two equal ones cannot pass the checks side by side.</summary>
    ConnectionNames = 4_302,
    /// <summary>Who makes what an installation has once takes it.</summary>
    FirstStart = 4_303,
    /// <summary>Who begins a bulk creation with an idempotency key takes it.</summary>
    BulkRuns = 4_304,
    /// <summary>Who makes quality scores anew takes it.</summary>
    Scores = 4_305,
}
