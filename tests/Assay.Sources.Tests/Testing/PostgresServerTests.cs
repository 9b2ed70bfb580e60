using Assay.Testing.Postgres;
using Npgsql;

namespace Assay.Sources.Tests.Testing;

public sealed class PostgresServerTests
{
    [Fact]
    public async Task CreateDatabaseAsync_NameWithQuotes_CanBeReachedByAReader()
    {
        var server = await PostgresServer.SharedAsync();
        var database = await server.CreateDatabaseAsync("it's \"quoted\"");
        await server.RunSqlAsync(database, "CREATE TABLE t (a int); INSERT INTO t VALUES (7)");
        var reader = await server.CreateReaderAsync();

        await using var connection = new NpgsqlConnection(server.ConnectionStringFor(database, reader));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("SELECT a FROM t", connection);

        (await command.ExecuteScalarAsync()).ShouldBe(7);
        (await server.SessionsOfAsync(reader)).ShouldBe(1);
    }

    [Fact]
    public async Task StopAsync_ThenStart_KeepsPortAndData()
    {
        await using var server = await PostgresServer.StartNewAsync();
        var database = await server.CreateDatabaseAsync();
        await server.RunSqlAsync(database, "CREATE TABLE kept ()");
        var port = server.Port;

        await server.StopAsync();
        await Should.ThrowAsync<NpgsqlException>(() => server.RunSqlAsync(database, "SELECT 1"));
        await server.StartAsync();

        server.Port.ShouldBe(port);
        (await server.ScalarAsync<long>(database, "SELECT count(*) FROM kept")).ShouldBe(0);
    }
}
