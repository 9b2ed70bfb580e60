using Assay.Server.Settings;
using Assay.Server.Store;
using Dapper;

namespace Assay.Server.Secrets.Rotation;

/// <summary>One rotation at a time, over all machines that share the metadata store and all that share the key file.</summary>
internal sealed class RotationLock(StoreConnections store, AssaySettings settings)
{
    private const long PostgresKey = 430_301;

    public async Task<IAsyncDisposable> TakeAsync(CancellationToken cancel)
    {
        var file = await FileLock.TakeAsync(Path.Combine(settings.Data, "rotate.lock"), cancel);
        var connection = await store.OpenAsync(cancel);
        if (store.Kind == StoreKind.Postgres)
            await connection.ExecuteAsync(new CommandDefinition("SELECT pg_advisory_lock(@key)", new { key = PostgresKey }, commandTimeout: 0, cancellationToken: cancel));
        return new Held(file, connection, store.Kind);
    }

    private sealed class Held(IDisposable file, System.Data.Common.DbConnection connection, StoreKind kind) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            // The connection goes back to a pool, and would take the lock with it.
            if (kind == StoreKind.Postgres) await connection.ExecuteAsync("SELECT pg_advisory_unlock(@key)", new { key = PostgresKey });
            await connection.DisposeAsync();
            file.Dispose();
        }
    }
}
