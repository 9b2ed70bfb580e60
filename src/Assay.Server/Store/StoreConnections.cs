using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Assay.Server.Store;

/// <summary>Open connections to the metadata store for statements written by hand: hot reads and bulk writes.</summary>
internal sealed class StoreConnections : IAsyncDisposable
{
    private readonly StoreOptions store;
    private readonly NpgsqlDataSource? postgres;

    public StoreConnections(StoreOptions store)
    {
        this.store = store;
        if (store.Kind == StoreKind.Postgres) postgres = NpgsqlDataSource.Create(store.ConnectionString);
    }

    public StoreKind Kind => store.Kind;

    /// <summary>The pool of connections on PostgreSQL, for libraries that open their own; null on SQLite.</summary>
    public DbDataSource? Pool => postgres;

    public async ValueTask<DbConnection> OpenAsync(CancellationToken cancel)
    {
        if (postgres is not null) return await postgres.OpenConnectionAsync(cancel);
        var connection = new SqliteConnection(store.ConnectionString);
        await connection.OpenAsync(cancel);
        SqlitePragmas.Apply(connection);
        return connection;
    }

    public ValueTask DisposeAsync() => postgres?.DisposeAsync() ?? ValueTask.CompletedTask;
}
