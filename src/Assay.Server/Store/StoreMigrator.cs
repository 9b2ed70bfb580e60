using Assay.Server.Settings;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Store;

/// <summary>Brings the metadata store to this build's schema at start, one process at a time.</summary>
internal sealed class StoreMigrator(StoreOptions store, AssaySettings settings, IDbContextFactory<AssayDb> contexts)
{
    public async Task MigrateAsync(CancellationToken cancel)
    {
        if (store.Kind == StoreKind.Sqlite) StoreFile.Protect(settings.Data);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        if (store.Kind == StoreKind.Postgres)
        {
            // EF holds a lock on its history table for the transaction; PostgreSQL drops it when the process dies.
            await db.Database.MigrateAsync(cancel);
            return;
        }
        using var alone = await FileLock.TakeAsync(Path.Combine(settings.Data, "migrate.lock"), cancel);
        await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL", cancel);
        // On SQLite EF's lock is a row, which a killed process leaves behind for ever. The file lock above is the real one.
        await db.Database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS \"__EFMigrationsLock\"", cancel);
        await db.Database.MigrateAsync(cancel);
    }
}
