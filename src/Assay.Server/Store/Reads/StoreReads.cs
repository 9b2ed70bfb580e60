using System.Data.Common;

namespace Assay.Server.Store.Reads;

/// <summary>
/// Single reading statements on the hot paths: one round trip each, prepared once per connection, on connections that are
/// always open. Statements are told apart by their text, so build few different ones.
/// </summary>
internal sealed class StoreReads : IDisposable
{
    private readonly StoreConnections store;
    private readonly SqliteReaders? sqlite;

    public StoreReads(StoreConnections store, StoreOptions options)
    {
        this.store = store;
        if (options.Kind == StoreKind.Sqlite) sqlite = new SqliteReaders(options.ConnectionString);
    }

    public StoreKind Kind => store.Kind;

    /// <summary>Runs a SELECT and hands its rows to <paramref name="read"/>.</summary>
    public async ValueTask<T> ReadAsync<T>(string sql, SqlArguments arguments, Func<DbDataReader, T> read, CancellationToken cancel)
    {
        if (sqlite is not null) return await sqlite.ReadAsync(sql, arguments, read, cancel);
        await using var connection = await store.OpenAsync(cancel);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        arguments.AddTo(command);
        await using var rows = await command.ExecuteReaderAsync(cancel);
        return read(rows);
    }

    public void Dispose() => sqlite?.Dispose();
}
