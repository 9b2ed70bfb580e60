using System.Text.Json;
using Assay.Engine;
using Assay.Engine.Secrets;
using Assay.Sources.Reading;
using Assay.Sources.Tests.Reading;
using Assay.Sources.Tests.Sql;
using Assay.Testing.ClickHouse;

namespace Assay.Sources.Tests.ClickHouse;

/// <summary>Debian's ClickHouse, eight years older than the engine that its rows go to.</summary>
public sealed class ClickHouseTests(EngineFixture fixture)
{
    [Fact]
    public async Task Source_IsTestedDiscoveredListedAndRead()
    {
        Assert.SkipUnless(ClickHouseServer.IsInstalled, "No ClickHouse server is installed.");
        await using var server = await ClickHouseServer.StartAsync();
        using (var admin = EngineServices.Connect(new EngineOptions { Url = new Uri($"http://127.0.0.1:{server.HttpPort}"), User = ClickHouseServer.User, Password = ClickHouseServer.Password }, TimeProvider.System))
            foreach (var sql in new[]
            {
                "CREATE DATABASE shop",
                """
                CREATE TABLE shop.`odd ``name` (id UInt64, small Int8, ratio Float64, single Float32, amount Decimal(18, 4), day Date, at DateTime('Asia/Tokyo'), name Nullable(String), code FixedString(3),
                    kind Enum8('x' = 1, 'y ü' = 2), many Array(Int32), uuid UUID) ENGINE = MergeTree ORDER BY id
                """,
                """
                INSERT INTO shop.`odd ``name` VALUES (18446744073709551615, -1, 0.1, 0.1, 12345.6789, '2024-02-29', '2024-02-29 10:00:00', 'tab\t☃', 'abc', 'y ü', [1, 2], '123e4567-e89b-12d3-a456-426655440000'),
                    (1, 1, 0, 0, 0, '1970-01-01', '1970-01-02 10:00:00', NULL, '', 'x', [], '00000000-0000-0000-0000-000000000000')
                """,
                "CREATE VIEW shop.v AS SELECT id FROM shop.`odd ``name`",
                "CREATE DATABASE counted",
                "CREATE TABLE counted.numbers (n Int64) ENGINE = MergeTree ORDER BY n",
                "INSERT INTO counted.numbers SELECT toInt64(number + 1) FROM system.numbers LIMIT 5000",
            })
                await admin.Client.ExecuteAsync(sql);
        ConnectionSettings connection = new()
        {
            Type = "clickhouse",
            Host = "127.0.0.1",
            Port = server.HttpPort,
            Username = ClickHouseServer.User,
            Password = new Secret(ClickHouseServer.Password),
            Parameters = new Dictionary<string, JsonElement> { ["ssl"] = JsonSerializer.SerializeToElement(false) },
        };
        var target = new SqlTarget(connection, new SourceScope("shop"));

        (await target.TestAsync()).ShouldSatisfyAllConditions(r => r.Fault.ShouldBeNull(), r => r.Product!.Name.ShouldBe("ClickHouse"));
        (await target.Connector.ListSchemasAsync(connection, null, default)).ShouldContain(new CatalogEntry("shop", false));
        var containers = await target.ListAsync();
        containers.Select(c => (c.Name, c.Kind)).ShouldBe([("odd `name", ContainerKind.Table), ("v", ContainerKind.View)]);
        string.Join(' ', containers[0].Fields.Select(f => f.Type)).ShouldBe("Integral Integral Fractional Fractional Fractional Date Timestamp String String String Array String");
        (await target.RowsAsync(fixture.Engine, "odd `name", r => r with { Columns = ["id", "small", "ratio", "single", "amount", "day", "at", "name", "code", "kind", "many", "uuid"], After = new IncrementalBound("id", 1) }))
            .ShouldBe(["18446744073709551615|-1|0.1|0.1|12345.6789|2024-02-29|2024-02-29 10:00:00|tab\t☃|abc|y ü|[1,2]|123e4567-e89b-12d3-a456-426655440000"]);
        (await target.RowsAsync(fixture.Engine, "odd `name", r => r with { Columns = ["name"], RowLimit = 1, PartitionColumn = "from" })).Single().ShouldEndWith("|odd `name");

        var counted = new SqlTarget(connection, new SourceScope("counted"));
        await counted.Connector.ShouldSampleAsync(counted.Target, fixture.Engine, await counted.ContainerAsync("numbers"));
        await counted.Connector.ShouldSampleAsync(counted.Target, fixture.Engine, await counted.ContainerAsync("numbers"), "SELECT n FROM numbers");

        (await new SqlTarget(connection with { Password = new Secret("wrong") }, new SourceScope("shop")).TestAsync()).ShouldFailWith(SourceFaultCode.SignInFailed, "sign in");
        (await new SqlTarget(connection, new SourceScope("not_there")).TestAsync()).ShouldFailWith(SourceFaultCode.CatalogNotFound, "see schema");
        (await new SqlTarget(connection with { Host = "169.254.169.254" }, new SourceScope("shop")).TestAsync()).ShouldFailWith(SourceFaultCode.HostNotAllowed, "resolve host");
        (await Should.ThrowAsync<SourceException>(() => new SqlTarget(connection with { Host = "169.254.169.254" }, new SourceScope("shop")).ListAsync())).Fault.Code.ShouldBe(SourceFaultCode.HostNotAllowed);
        (await Should.ThrowAsync<SourceException>(() => new SqlTarget(connection, new SourceScope("not_there")).ListAsync())).Fault.Code.ShouldBe(SourceFaultCode.CatalogNotFound);
    }
}
