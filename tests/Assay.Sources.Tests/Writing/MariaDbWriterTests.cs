using Assay.Sources.Tests.MySql;
using Assay.Sources.Tests.Reading;
using Assay.Sources.Tests.Sql;
using Assay.Sources.Writing;
using Assay.Testing.MariaDb;
using MySqlConnector;

namespace Assay.Sources.Tests.Writing;

public sealed class MariaDbWriterTests(EngineFixture fixture) : TransactionalConformance(fixture)
{
    private protected override async Task<WrittenStore> StoreAsync(bool readOnly = false)
    {
        var server = await MariaDbServer.SharedAsync();
        var database = await server.CreateDatabaseAsync(cancel: Cancel);
        var user = await server.CreateUserAsync($"{(readOnly ? "SELECT" : "SELECT, CREATE, ALTER, DROP, INSERT, UPDATE, DELETE")} ON `{database}`.*", Cancel);
        return new MariaDbStore(server.Connection(user).Target(database), server, database);
    }

    [Fact]
    public async Task Append_ZeroBytesAndWideNumbers_AreKept()
    {
        await using var store = await StoreAsync();
        var table = new TableShape("t", [new("a", TableType.Text), new("free", TableType.Exact), new("wide", TableType.Exact, 65, 30), new("wider", TableType.Exact, 70, 40)]);
        await using var writer = await store.OpenAsync();
        await writer.PrepareAsync(table, Cancel);
        await writer.AppendAsync(table, "given", RowBatch.Of([["zero\0byte", 79228162514264337593543950335m, 0.0000000000000000000000000001m, 1.5m]]), Cancel);
        (await store.QueryAsync($"SELECT HEX(a), CAST(free AS CHAR), CAST(wide AS CHAR), wider FROM {store.Table("t")}")).ShouldBe(
            ["7A65726F0062797465|79228162514264337593543950335.000000000000000000000000000000|0.000000000000000000000000000100|1.5"]);
    }

    [Fact]
    public async Task Append_SessionKilledInTheMiddle_LeavesNothingAndCanBeWrittenAgain()
    {
        var server = await MariaDbServer.SharedAsync();
        await using var store = await StoreAsync();
        var table = new TableShape("t", [new("n", TableType.Integral)]);
        await using (var writer = await store.OpenAsync())
        {
            await writer.PrepareAsync(table, Cancel);
            var fault = (await Should.ThrowAsync<SourceException>(() => writer.AppendAsync(table, "a", RowBatch.Of(() => Rows(kill: true)), Cancel))).Fault;
            (fault.Code, fault.Step).ShouldBe((SourceFaultCode.ConnectionLost, "write rows"));
        }
        (await store.CountAsync("t")).ShouldBe(0);
        await using var other = await store.OpenAsync();
        (await other.AppendAsync(table, "a", RowBatch.Of(() => Rows(kill: false)), Cancel)).ShouldBeTrue();
        (await store.CountAsync("t")).ShouldBe(5_000);

        async IAsyncEnumerable<IReadOnlyList<object?>> Rows(bool kill)
        {
            for (var i = 0; i < 5_000; i++)
            {
                if (kill && i == 2_500)
                    await server.RunSqlAsync(null, $"KILL CONNECTION USER '{store.Target.Connection.Username}'");
                yield return [(long)i];
            }
        }
    }

    private sealed class MariaDbStore(SqlTarget target, MariaDbServer server, string database) : WrittenStore
    {
        public override IConnector Connector => target.Connector;

        public override SourceTarget Target => target.Target;

        public override string MinusInfinity => "NULL";

        public override int LongestName => 64;

        public override string Table(string name) => $"`{database}`.{MariaDbServer.Quote(name)}";

        public override Task RunSqlAsync(string sql) => server.RunSqlAsync(database, sql, Cancel);

        public override async Task<string[]> QueryAsync(string sql)
        {
            await using var connection = new MySqlConnection(server.ConnectionStringFor(database));
            await connection.OpenAsync(Cancel);
            await using var command = new MySqlCommand(sql, connection);
            await using var rows = await command.ExecuteReaderAsync(Cancel);
            var found = new List<string>();
            while (await rows.ReadAsync(Cancel))
                found.Add(string.Join('|', Enumerable.Range(0, rows.FieldCount).Select(i => rows.IsDBNull(i) ? "NULL" : Convert.ToString(rows.GetValue(i), System.Globalization.CultureInfo.InvariantCulture))));
            return [.. found];
        }

        public override Task<string[]> TablesAsync() => QueryAsync($"SELECT TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA = '{database}' ORDER BY 1");

        public override string Shown(string table) => $"""
            SELECT {MariaDbServer.Quote(HostileColumn)}, CAST(whole AS CHAR), CAST(part AS CHAR), CAST(exact AS CHAR), CASE flag WHEN 1 THEN 'true' WHEN 0 THEN 'false' END,
                CAST(day AS CHAR), DATE_FORMAT(at, '%Y-%m-%d %H:%i:%s.%f') FROM {Table(table)} ORDER BY whole IS NULL, whole
            """;
    }
}
