using Assay.Testing.Postgres;
using Npgsql;

namespace Assay.Sources.Tests.Postgres;

/// <summary>Looks at what a role does at the test server.</summary>
internal static class PostgresServerWatching
{
    /// <summary>Begins to count statements (<c>pg_stat_statements</c>).</summary>
    public static Task CountStatementsAsync(this PostgresServer server) =>
        server.RunSqlAsync("postgres", "CREATE EXTENSION IF NOT EXISTS pg_stat_statements");

    /// <summary>Every statement a role has completed, as often as it did, without their values.</summary>
    public static async Task<IReadOnlyList<string>> StatementsOfAsync(this PostgresServer server, PostgresRole role) =>
        await server.ScalarAsync<string[]>("postgres", $"""
            SELECT array_agg(query ORDER BY query) FROM pg_stat_statements s JOIN pg_roles r ON r.oid = s.userid, generate_series(1, s.calls) WHERE r.rolname = '{role.Name}'
            """) ?? [];

    public static async Task ShouldHaveNoSessionAsync(this PostgresServer server, PostgresRole role)
    {
        // A session that has been told to end is there for a few moments more.
        for (var i = 0; i < 40 && await server.SessionsOfAsync(role) > 0; i++)
            await Task.Delay(50);
        (await server.SessionsOfAsync(role)).ShouldBe(0);
    }

    public static async Task ShouldHaveASessionInAsync(this PostgresServer server, PostgresRole role, string state)
    {
        var sql = $"SELECT count(*) FROM pg_stat_activity WHERE usename = '{role.Name}' AND state = '{state}' AND wait_event_type = 'Lock'";
        for (var i = 0; i < 100 && await server.ScalarAsync<long>("postgres", sql) == 0; i++)
            await Task.Delay(50);
        (await server.ScalarAsync<long>("postgres", sql)).ShouldBe(1);
    }

    /// <summary>Holds a table so that nobody can read it until the answer is disposed.</summary>
    public static async Task<IAsyncDisposable> LockAsync(this PostgresServer server, string database, string table)
    {
        var connection = new NpgsqlConnection(server.ConnectionStringFor(database));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"BEGIN; LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE", connection);
        await command.ExecuteNonQueryAsync();
        return connection;
    }
}
