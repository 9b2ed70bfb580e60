using System.Text.Json.Nodes;
using Assay.Server.Tests.Harness;
using Assay.Testing.Postgres;
using static Assay.Server.Tests.Harness.TestDatastores;

namespace Assay.Server.Tests.Datastores;

public sealed class ConnectionTests(AssayServer assay)
{
    [Fact]
    public async Task Test_OfAReachableSource_Is204AndStoresNothing()
    {
        var (connection, database) = (await TestSources.PostgresConnection(), await Database());

        (await assay.Admin.Post($"{Stores}/connection", Body(("name", "Test PostgreSQL"), ("connection", connection), ("database", database), ("schema", "public")))).Expect(204).Text.ShouldBeEmpty();

        (await assay.Admin.Post(Stores, Body(("connection", connection), ("database", database), ("schema", "public")))).Expect(201); // no duplicate was left
    }

    [Fact]
    public async Task Test_OfAnUnreachableSource_Is400WithAMessage()
    {
        var answer = await assay.Admin.Post($"{Stores}/connection", Body());

        ((string?)answer.Expect(400).Json["message"]).ShouldNotBeNullOrEmpty();
        answer.Json["detail"].ShouldBeNull();
        answer.Text.ShouldNotContain("s3cur3_p4ssw0rd");
    }

    [Fact]
    public async Task Test_WithAStoredConnection_AndAWrongSchema_Is400()
    {
        var connection = await assay.CreateConnection();

        (await assay.Admin.Post($"{Stores}/connection", new JsonObject { ["connection_id"] = connection.Id, ["database"] = await Database(), ["schema"] = "public" })).Expect(204);
        ((string?)(await assay.Admin.Post($"{Stores}/connection", new JsonObject { ["connection_id"] = connection.Id, ["database"] = await Database(), ["schema"] = "nowhere" })).Expect(400).Json["message"])!
            .ShouldContain("nowhere");
    }

    [Fact]
    public async Task Test_AsEnrichmentStore_NeedsToWrite()
    {
        var reader = await TestSources.PostgresConnection(); // may read everything and write nothing

        (await assay.Admin.Post($"{Stores}/connection", Body(("connection", reader), ("database", await Database()), ("schema", "public"), ("enrichment_only", true)))).Expect(400);
    }

    [Theory]
    [InlineData("""{}""", "connection")]
    [InlineData("""{"connection_id":1,"connection":{"type":"postgresql"}}""", "connection")]
    [InlineData("""{"connection":{"type":"postgresql","host":"127.0.0.1","username":"x","password":"y"},"root_path":"/x"}""", "root_path")]
    [InlineData("""{"connection":{"type":"nosuch"}}""", "connection")]
    public async Task Test_WithBadInput_Is422AtThatField(string body, string field) =>
        ((string?)(await assay.Admin.Post($"{Stores}/connection", JsonNode.Parse(body))).Expect(422).Json["detail"]![0]!["loc"]![1]).ShouldBe(field);

    [Fact]
    public async Task Test_WithAnUnknownConnection_Is404() =>
        (await assay.Admin.Post($"{Stores}/connection", new JsonObject { ["connection_id"] = 999_999_999 })).Expect(404).Detail.ShouldBe("Connection id: 999999999 not found");

    [Fact]
    public async Task Create_OfAReachableSource_SaysConnected()
    {
        var store = await assay.CreateDatastore(("connection", await TestSources.PostgresConnection()), ("database", await Database()), ("schema", "public"));

        ((bool?)store["connected"]).ShouldBe(true);
    }

    [Fact]
    public async Task Verify_AnswersAlways200_AndTheVerdictStays()
    {
        var connection = await TestSources.PostgresConnection();
        var store = await assay.CreateDatastore(("connection", connection), ("database", await Database()), ("schema", "public"));
        var path = $"{Stores}/{store["id"]}";

        (await assay.Admin.Post($"{path}/connection")).Expect(200).Json.ToJsonString().ShouldBe("""{"connected":true}""");
        (await assay.Admin.Put(path, new JsonObject { ["schema"] = "nowhere" })).Expect(200);
        var verdict = (await assay.Admin.Post($"{path}/connection")).Expect(200).Json;

        ((bool?)verdict["connected"]).ShouldBe(false);
        ((string?)verdict["message"]).ShouldNotBeNullOrEmpty();
        ((bool?)(await assay.Admin.Get(path)).Json["connected"]).ShouldBe(false);
    }

    private static async Task<string> Database()
    {
        var server = await PostgresServer.SharedAsync();
        var database = await server.CreateDatabaseAsync();
        await server.RunSqlAsync(database, "CREATE TABLE t (a int)");
        return database;
    }
}
