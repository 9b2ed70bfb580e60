using System.Text.Json.Nodes;
using Assay.Server.Tests.Harness;

namespace Assay.Server.Tests.Connections;

public sealed class CreateConnectionTests(AssayServer assay)
{
    [Fact]
    public async Task Create_Complete_IsShownWithoutAnySecret()
    {
        var body = (await TestSources.PostgresConnection()).With(new() { ["jdbc_fetch_size"] = 500, ["max_parallelization"] = 4, ["parameters"] = new JsonObject { ["sslmode"] = "prefer" } });

        var created = (await assay.Admin.Post("/api/connections", body)).Expect(200);

        var shown = (await assay.Admin.Get($"/api/connections/{created.Id}")).Expect(200);
        shown.Text.ShouldBe(created.Text);
        shown.Text.ShouldNotContain((string)body["password"]!);
        var json = shown.Json.AsObject();
        json.Select(p => p.Key).Order().ShouldBe([
            "connection_type", "created", "datastores", "driver_name", "driver_version", "host", "id", "jdbc_fetch_size", "max_parallelization", "name", "parameters",
            "port", "product_name", "product_version", "secrets_manager", "stored_secrets", "type", "username"]);
        ((string?)json["connection_type"]).ShouldBe("jdbc");
        foreach (var member in new[] { "name", "type", "host", "port", "username", "jdbc_fetch_size", "max_parallelization", "parameters" })
            JsonNode.DeepEquals(json[member], body[member]).ShouldBeTrue(member);
        json["stored_secrets"]!.ToJsonString().ShouldBe("[\"password\"]");
        json["datastores"]!.AsArray().Count.ShouldBe(0);
    }

    [Fact]
    public async Task Create_OfAnObjectStore_ShowsItsOwnMembers()
    {
        var body = new JsonObject { ["type"] = "s3", ["uri"] = $"s3://bucket-{Guid.NewGuid():N}", ["access_key"] = "AKIA", ["secret_key"] = "hidden-key" };

        var created = (await assay.Admin.Post("/api/connections", body)).Expect(200);

        var json = created.Json.AsObject();
        ((string?)json["connection_type"]).ShouldBe("dfs");
        ((string?)json["access_key"]).ShouldBe("AKIA");
        ((string?)json["uri"]).ShouldBe((string?)body["uri"]);
        json.ContainsKey("secret_key").ShouldBeFalse();
        json.ContainsKey("host").ShouldBeFalse();
        created.Text.ShouldNotContain("hidden-key");
    }

    [Fact]
    public async Task Create_WithoutAName_GetsOneMadeFromTypeAndHost()
    {
        var host = $"{Guid.NewGuid():N}.example.com";
        JsonObject Body(string user) => new() { ["type"] = "postgresql", ["host"] = host, ["port"] = 5432, ["username"] = user, ["password"] = "x" };

        var first = (await assay.Admin.Post("/api/connections", Body("one"))).Expect(200);
        var second = (await assay.Admin.Post("/api/connections", Body("two"))).Expect(200);

        ((string?)first.Json["name"]).ShouldBe($"postgresql_{host}");
        ((string?)second.Json["name"]).ShouldBe($"postgresql_{host}_2");
    }

    [Fact]
    public async Task Create_AsClientsSpellIt_IsUnderstood()
    {
        var body = await TestSources.PostgresConnection();
        body["type"] = "PostgreSQL";
        body["port"] = body["port"]!.ToString();
        body["sslmode"] = "prefer";
        body["something_new"] = new JsonObject { ["x"] = 1 };

        var created = (await assay.Admin.Post("/api/connections", body)).Expect(200);

        ((string?)created.Json["type"]).ShouldBe("postgresql");
        ((int)created.Json["port"]!).ShouldBe(int.Parse((string)body["port"]!));
        created.Json["parameters"]!.ToJsonString().ShouldBe("""{"sslmode":"prefer"}""");
    }

    [Fact]
    public async Task Create_OfAnUnknownType_ListsTheKnownOnes()
    {
        var answer = await assay.Admin.Post("/api/connections", new JsonObject { ["type"] = "postgre" });

        answer.Expect(422);
        answer.Errors().ShouldHaveSingleItem().Loc.ShouldBe("body.type");
        answer.Text.ShouldContain("'postgresql'");
    }

    [Fact]
    public async Task Create_WithSeveralMistakes_NamesEachMember()
    {
        var body = (await TestSources.PostgresConnection()).With(new()
        {
            ["host"] = null,
            ["username"] = null,
            ["parameters"] = new JsonObject { ["options"] = "-c x", ["token"] = "t" },
        });

        var answer = (await assay.Admin.Post("/api/connections", body)).Expect(422);

        answer.Errors().Select(e => e.Loc).Order().ShouldBe(["body.host", "body.parameters.options", "body.parameters.token", "body.username"]);
        answer.Text.ShouldNotContain((string)body["password"]!);
    }

    [Theory]
    [InlineData("""{"type":"postgresql","port":70000}""", "body.port")]
    [InlineData("""{"type":"postgresql","host":5}""", "body.host")]
    [InlineData("""{"type":"postgresql","password":{"a":1}}""", "body.password")]
    [InlineData("""{"type":"postgresql","parameters":[1]}""", "body.parameters")]
    [InlineData("""{"type":"postgresql","parameters":{"sslmode":"\ud800"}}""", "body.parameters.sslmode")]
    [InlineData("""{"type":"postgresql","max_parallelization":101}""", "body.max_parallelization")]
    [InlineData("""{"type":"postgresql","name":" "}""", "body.name")]
    [InlineData("""{"host":"x"}""", "body.type")]
    [InlineData("""{"type":"postgresql","secrets_manager":{}}""", "body.secrets_manager.secret_url")]
    public async Task Create_Malformed_IsRefusedAtTheMember(string body, string loc)
    {
        var answer = await assay.Admin.SendRaw(HttpMethod.Post, "/api/connections", new StringContent(body, System.Text.Encoding.UTF8, "application/json"));

        answer.Expect(422).Errors().Select(e => e.Loc).ShouldContain(loc);
    }

    [Fact]
    public async Task Create_WithATakenName_IsAConflict()
    {
        var first = await assay.CreateConnection();

        var answer = await assay.Admin.Post("/api/connections", (await TestSources.PostgresConnection()).With(new() { ["name"] = (string?)first.Json["name"] }));

        answer.Expect(409).Detail.ShouldBe($"Connection name: '{(string?)first.Json["name"]}' already exists");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Create_OfTheSamePlaceAndUser_IsAConflictThatNamesTheFirst(bool sameSecret)
    {
        var body = (await TestSources.PostgresConnection()).With(new() { ["host"] = $"{Guid.NewGuid():N}.example.com", ["port"] = 5432 });
        var first = (await assay.Admin.Post("/api/connections", body)).Expect(200);
        var again = body.With(new() { ["name"] = People.Unique("again"), ["host"] = ((string)body["host"]!).ToUpperInvariant(), ["port"] = null });
        if (!sameSecret) again["password"] = "another";

        var answer = await assay.Admin.Post("/api/connections", again);

        answer.Expect(409).Detail!.ShouldContain($"connection_id {first.Id} ");
    }

    [Fact]
    public async Task Create_SideBySide_MakesExactlyOne()
    {
        var body = await TestSources.PostgresConnection();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => assay.Admin.Post("/api/connections", body.With(new() { ["name"] = null }))));

        answers.Count(a => a.Code == 200).ShouldBe(1);
        answers.Count(a => a.Code == 409).ShouldBe(7);
    }

    [Fact]
    public async Task Create_DifferingInAParameter_IsAnotherConnection()
    {
        var body = await TestSources.PostgresConnection();
        (await assay.Admin.Post("/api/connections", body)).Expect(200);

        var answer = await assay.Admin.Post("/api/connections", body.With(new() { ["name"] = People.Unique("tls"), ["parameters"] = new JsonObject { ["sslmode"] = "require" } }));

        answer.Expect(200);
    }
}
