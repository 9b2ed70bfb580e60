using System.Text.Json;
using Assay.Sources.Tests.Sql;
using Assay.Testing.Warehouses;

namespace Assay.Sources.Tests.Warehouses;

public sealed class SharedListingTests
{
    private const string Schemas = """
        DO $$ BEGIN FOR i IN 1..12 LOOP
            EXECUTE format('CREATE SCHEMA s%s', i);
            EXECUTE format('CREATE TABLE s%s.parent (id bigint PRIMARY KEY, name text)', i);
            EXECUTE format('CREATE TABLE s%s.child (id bigint PRIMARY KEY, parent bigint REFERENCES s%s.parent, amount numeric(10, 2))', i, i);
            EXECUTE format('CREATE TABLE s%s.bare ()', i);
        END LOOP; END $$; CREATE SCHEMA s0
        """;

    [Theory]
    [InlineData("snowflake")]
    [InlineData("trino")]
    [InlineData("databricks")]
    public async Task ListManyAsync_ManySchemas_GivesEachWhatAListingOfItsOwnDoesInAsManyStatements(string type)
    {
        await using var vendor = await Vendor.StartAsync(type);
        var (standIn, database) = (vendor.StandIn, vendor.Database);
        await database.RunSqlAsync(Schemas);
        string[] names = [.. Enumerable.Range(0, 13).Select(i => $"s{i}")];

        standIn.Statements.Clear();
        await WarehouseSource.Of(vendor, "s1").Connector.ListTogetherAsync(WarehouseSource.Of(vendor, "s1").Settings, database.Name, "s1", "s2");
        var ofTwo = standIn.Statements.Count;
        standIn.Statements.Clear();
        var found = await WarehouseSource.Of(vendor, "s1").Connector.ListTogetherAsync(WarehouseSource.Of(vendor, "s1").Settings, database.Name, [.. names, "nowhere"]);

        standIn.Statements.Count.ShouldBe(ofTwo);
        foreach (var name in names)
            JsonSerializer.Serialize(found[name].Containers).ShouldBe(JsonSerializer.Serialize(await WarehouseSource.Of(vendor, name).ListAsync()), name);
        found["s5"].Containers.Select(c => c.Name).ShouldBe(["child", "parent", "bare"]);
        found["nowhere"].Fault!.Code.ShouldBe(SourceFaultCode.SchemaNotFound);
    }

    [Fact]
    public async Task ListManyAsync_MoreKeysThanSnowflakeShows_AreAllThere()
    {
        await using var vendor = await Vendor.StartAsync("snowflake");
        var database = vendor.Database;
        // 330 keys of 31 columns are more than 10,000 rows.
        var columns = string.Join(", ", Enumerable.Range(0, 31).Select(i => $"c{i} int"));
        var key = string.Join(", ", Enumerable.Range(0, 31).Select(i => $"c{i}"));
        await database.RunSqlAsync($"CREATE SCHEMA s1; CREATE SCHEMA s2; DO $$ BEGIN FOR i IN 1..165 LOOP EXECUTE format('CREATE TABLE s1.t%s ({columns}, PRIMARY KEY ({key})); CREATE TABLE s2.t%s ({columns}, PRIMARY KEY ({key}))', i, i); END LOOP; END $$");

        var found = await WarehouseSource.Of(vendor, "s1").Connector.ListTogetherAsync(WarehouseSource.Of(vendor, "s1").Settings, database.Name, "s1", "s2");

        found.Values.SelectMany(f => f.Containers).Select(c => c.Keys.Single().Fields.Count).ShouldBe(Enumerable.Repeat(31, 330));
        (await WarehouseSource.Of(vendor, "s2").ListAsync()).Select(c => c.Keys.Single().Fields.Count).ShouldBe(Enumerable.Repeat(31, 165));
    }
}
