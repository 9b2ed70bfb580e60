using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Assay.Server.Tests.Harness;
using Assay.Testing.Postgres;
using static Assay.Server.Tests.Harness.TestDatastores;

namespace Assay.Server.Tests.Onboarding;

public sealed class ValidateTests(AssayServer assay)
{
    private const string Base = "/api/connections";

    [Fact]
    public async Task Validate_SaysOfEachSchemaWhetherItWorksAndWhyNot()
    {
        await (await PostgresServer.SharedAsync()).LoadSamplesAsync();
        var body = new JsonObject
        {
            ["connection"] = await TestSources.PostgresConnection(),
            ["database"] = "culture",
            ["schemas"] = Names("nowhere", "movies", "Fußball ⚽", "Movies"),
        };

        var results = Results(await assay.Admin.Post($"{Base}/datastores/validate", body));

        results.Select(r => ((string)r["schema_name"]!, (string)r["status"]!)).ShouldBe([("nowhere", "failure"), ("movies", "success"), ("Fußball ⚽", "success"), ("Movies", "failure")]);
        results.Where(r => r.ContainsKey("message")).Select(r => (string)r["schema_name"]!).ShouldBe(["nowhere", "Movies"]);
        ((string)results[0]["message"]!).ShouldContain("nowhere");
        results.Select(r => (string?)r["step"]).ShouldBe(["see schema", null, null, "see schema"]);
    }

    [Fact]
    public async Task Validate_AsEnrichmentStore_NeedsToWrite()
    {
        var (server, database) = (await PostgresServer.SharedAsync(), await Syncing.CreateDatabase("CREATE SCHEMA mine; CREATE SCHEMA theirs"));
        var role = await server.CreateReaderAsync();
        await server.RunSqlAsync(database, $"GRANT USAGE, CREATE ON SCHEMA mine TO {PostgresServer.Quote(role.Name)}");
        var connection = await assay.CreateConnection(role: role);

        var results = Results(await Validate(connection.Id, database, true, "mine", "theirs"));

        results.Select(r => (string)r["status"]!).ShouldBe(["success", "failure"]);
        Results(await Validate(connection.Id, database, false, "mine", "theirs")).ShouldAllBe(r => (string)r["status"]! == "success");
    }

    [Fact]
    public async Task Validate_WithAWrongPassword_FailsAllWithOneSignIn()
    {
        var connection = (await TestSources.PostgresConnection()).With(new JsonObject { ["password"] = "wr0ng_p4ss" });

        var answer = await assay.Admin.Post($"{Base}/datastores/validate", new JsonObject { ["connection"] = connection, ["database"] = "postgres", ["schemas"] = Names("a", "b", "c") });

        var results = Results(answer);
        results.ShouldAllBe(r => (string)r["status"]! == "failure");
        results.Select(r => (string)r["message"]!).Distinct().Count().ShouldBe(1);
        answer.Text.ShouldNotContain("wr0ng_p4ss");
    }

    [Fact]
    public async Task Validate_OnAHostThatNeverAnswers_CostsOneTimeOut()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0); // takes connections, says nothing
        silent.Start();
        var connection = UnreachablePostgres().With(new JsonObject { ["port"] = ((IPEndPoint)silent.LocalEndpoint).Port });
        var watch = Stopwatch.StartNew();

        var answer = await assay.Admin.Post($"{Base}/datastores/validate",
            new JsonObject { ["connection"] = connection, ["database"] = "production", ["schemas"] = Names([.. Enumerable.Range(1, 50).Select(i => $"s{i}")]) });

        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(20));
        Results(answer).Count.ShouldBe(50);
        Results(answer).ShouldAllBe(r => (string)r["status"]! == "failure");
    }

    [Fact]
    public async Task Validate_FiftySchemas_AreTriedSideBySideWithFewSignIns()
    {
        var server = await PostgresServer.SharedAsync();
        var names = Enumerable.Range(1, 50).Select(i => $"schema_{i}").ToArray();
        var database = await Syncing.CreateDatabase(string.Join(';', names.Select(n => $"CREATE SCHEMA {n}; CREATE TABLE {n}.t (a int)")));

        var role = await server.CreateReaderAsync();
        var connection = (await assay.CreateConnection(role: role)).Id;

        Results(await Validate(connection, database, null, [.. names.Take(10)])).Count.ShouldBe(10);
        server.SignInsOf(role).ShouldBe(1);

        Results(await Validate(connection, database, null, names)).Select(r => ((string)r["schema_name"]!, (string)r["status"]!))
            .ShouldBe(names.Select(n => (n, "success")));
        server.SignInsOf(role).ShouldBeLessThanOrEqualTo(1 + 4);
    }

    [Fact]
    public async Task Validate_MoreThanFifty_Is422() =>
        (await Validate((await assay.CreateConnection()).Id, "postgres", null, [.. Enumerable.Range(1, 51).Select(i => $"s{i}")])).Expect(422).Errors().Single().Loc.ShouldBe("body.schemas");

    [Fact]
    public async Task Validate_Nothing_Is422() =>
        (await Validate((await assay.CreateConnection()).Id, "postgres", null)).Expect(422).Errors().Single().Loc.ShouldBe("body.schemas");

    [Fact]
    public async Task Validate_OnAFileStore_Is409() =>
        (await assay.Admin.Post($"{Base}/datastores/validate", new JsonObject { ["connection"] = UnreachableS3(), ["schemas"] = Names("a") })).Expect(409);

    [Fact]
    public async Task Validate_WithAnUnknownConnection_Is404() => (await Validate(999_999_999, "postgres", null, "a")).Expect(404);

    private Task<Answer> Validate(long connection, string database, bool? enrichmentOnly, params string[] schemas) =>
        assay.Admin.Post($"{Base}/{connection}/datastores/validate", new JsonObject { ["database"] = database, ["schemas"] = Names(schemas), ["enrichment_only"] = enrichmentOnly });

    private static IReadOnlyList<JsonObject> Results(Answer answer) => [.. answer.Expect(200).Json["results"]!.AsArray().Select(r => r!.AsObject())];
}
