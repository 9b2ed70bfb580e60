using System.Text.Json;
using Assay.Testing.Postgres;

namespace Assay.Sources.Tests.Postgres;

public sealed class PostgresSharedListingTests
{
    [Fact]
    public async Task ListManyAsync_AllSchemasOfADatabase_GivesEachWhatAListingOfItsOwnDoes()
    {
        var server = await PostgresServer.SharedAsync();
        await server.LoadSamplesAsync();
        await server.CountStatementsAsync();
        var (reader, together) = (await server.CreateReaderAsync(), await server.CreateReaderAsync());
        var names = (await PostgresSources.Connector.ListSchemasAsync(server.Connection(reader), "culture", default)).Select(s => s.Name).ToArray();

        var found = await ListAsync(server.Connection(together), "culture", [.. names, "nowhere", "zero\0byte"]);

        found.Keys.Order().ShouldBe(names.Concat(["nowhere", "zero\0byte"]).Order());
        foreach (var name in names)
            JsonSerializer.Serialize(found[name].Containers).ShouldBe(JsonSerializer.Serialize(await server.Connection(reader).Target("culture", name).ListAsync()), name);
        found["nowhere"].Fault!.Code.ShouldBe(SourceFaultCode.SchemaNotFound);
        found["zero\0byte"].Fault.ShouldNotBeNull();
        (await server.StatementsOfAsync(together)).Count.ShouldBe(7);
        server.SignInsOf(together).ShouldBe(1);
    }

    [Fact]
    public async Task ListManyAsync_SchemaWithoutRights_IsThatSchemasFault()
    {
        var server = await PostgresServer.SharedAsync();
        var database = await server.CreateDatabaseAsync();
        var role = await server.CreateRoleAsync();
        await server.RunSqlAsync(database, $"CREATE SCHEMA mine; CREATE SCHEMA theirs; CREATE TABLE mine.t (a int); CREATE TABLE theirs.t (a int); GRANT USAGE ON SCHEMA mine TO {PostgresServer.Quote(role.Name)}");

        var found = await ListAsync(server.Connection(role), database, ["theirs", "mine"]);

        found["mine"].Containers.Single().Name.ShouldBe("t");
        found["theirs"].Fault!.Code.ShouldBe(SourceFaultCode.PermissionDenied);
        found["theirs"].Containers.ShouldBeEmpty();
    }

    private static async Task<Dictionary<string, (List<ContainerStructure> Containers, SourceFault? Fault)>> ListAsync(ConnectionSettings connection, string database, string[] schemas)
    {
        var open = new Dictionary<string, List<ContainerStructure>>();
        var closed = new Dictionary<string, (List<ContainerStructure>, SourceFault?)>();
        await foreach (var item in ((ISharedListing)PostgresSources.Connector).ListManyAsync(connection, database, schemas, new ListOptions(), TestContext.Current.CancellationToken))
        {
            closed.ShouldNotContainKey(item.Schema);
            var containers = open.TryGetValue(item.Schema, out var begun) ? begun : open[item.Schema] = [];
            if (item.Container is { } container) containers.Add(container);
            else closed.Add(item.Schema, (containers, item.Fault));
        }
        open.Count.ShouldBe(closed.Count);
        return closed;
    }
}
