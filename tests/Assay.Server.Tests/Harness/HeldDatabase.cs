using Assay.Testing.Postgres;
using Npgsql;

namespace Assay.Server.Tests.Harness;

/// <summary>Holds a lock that stops every listing of a database until it is let go: a source that is slow for as long as a test wants.</summary>
public sealed class HeldDatabase : IAsyncDisposable
{
    private readonly NpgsqlConnection connection;

    private HeldDatabase(NpgsqlConnection connection) => this.connection = connection;

    public static async Task<HeldDatabase> HoldAsync(string database)
    {
        var server = await PostgresServer.SharedAsync();
        var connection = new NpgsqlConnection(server.ConnectionStringFor(database));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("BEGIN; LOCK TABLE pg_catalog.pg_description IN ACCESS EXCLUSIVE MODE", connection);
        await command.ExecuteNonQueryAsync();
        return new HeldDatabase(connection);
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();
}
