using System.Text.Json;
using Assay.Sources.Tests.Sql;
using Assay.Testing.MariaDb;

namespace Assay.Sources.Tests.MySql;

public sealed class MySqlSharedListingTests
{
    [Fact]
    public async Task ListManyAsync_ManyDatabases_GivesEachWhatAListingOfItsOwnDoesInAsManyStatements()
    {
        // A server of its own, which logs what it is asked.
        await using var server = await MariaDbServer.StartNewAsync();
        var user = await server.CreateUserAsync("SELECT, SHOW VIEW ON `s%`.*");
        await server.RunSqlAsync(null, $"GRANT SELECT, SHOW VIEW ON `S1`.* TO '{user.Name}'@'%'");
        string[] names = [.. Enumerable.Range(0, 30).Select(i => $"s{i}"), "s Odd`ü'", "S1"];
        foreach (var name in names)
        {
            await server.CreateDatabaseAsync(name);
            if (name == "s7") continue;
            await server.RunSqlAsync(name, $"""
                CREATE TABLE b (id INT PRIMARY KEY, `o dd``` VARCHAR(20) UNIQUE, amount DECIMAL(10, 2)) COMMENT 'table of {name.Length}';
                CREATE TABLE a (id INT, b_id INT, at DATETIME(3)) PARTITION BY HASH (id) PARTITIONS 1;
                """);
            // InnoDB tells such names apart by small letters, with the database's in front.
            await server.RunSqlAsync(name, $"CREATE TABLE c (id INT, b_id INT, CONSTRAINT f{Array.IndexOf(names, name)} FOREIGN KEY (b_id) REFERENCES b (id)); CREATE VIEW v AS SELECT id FROM b; CREATE TABLE gone (x INT); CREATE VIEW broken AS SELECT x FROM gone; DROP TABLE gone");
        }
        await server.CreateDatabaseAsync("theirs");
        var connection = server.Connection(user);
        var connector = connection.Target("s1").Connector;

        await server.RunSqlAsync(null, "SET GLOBAL log_output = 'TABLE'; SET GLOBAL general_log = 1");
        var two = await connector.ListTogetherAsync(connection, null, "s1", "s2");
        var ofTwo = await StatementsOfAsync(server, user);
        var found = await connector.ListTogetherAsync(connection, null, [.. names, "theirs", "nowhere", "zero\0byte"]);
        var ofAll = await StatementsOfAsync(server, user) - ofTwo;

        ofTwo.ShouldBeGreaterThan(3);
        ofAll.ShouldBe(ofTwo);
        foreach (var name in names)
            JsonSerializer.Serialize(found[name].Containers.OrderBy(c => c.Name)).ShouldBe(JsonSerializer.Serialize((await connection.Target(name).ListAsync()).OrderBy(c => c.Name)), name);
        JsonSerializer.Serialize(two["s1"]).ShouldBe(JsonSerializer.Serialize(found["s1"]));
        found["s1"].Containers.Select(c => c.Name).ShouldBe(["a", "b", "broken", "c", "v"], ignoreOrder: true);
        found["s7"].Containers.ShouldBeEmpty();
        foreach (var missing in new[] { "theirs", "nowhere", "zero\0byte" }) found[missing].Fault!.Code.ShouldBe(SourceFaultCode.CatalogNotFound);
    }

    private static Task<long> StatementsOfAsync(MariaDbServer server, MariaDbUser user) =>
        server.ScalarAsync<long>($"SELECT count(*) FROM mysql.general_log WHERE user_host LIKE '{user.Name}[%' AND command_type IN ('Query', 'Execute')");
}
