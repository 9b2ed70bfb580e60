using System.Text.Json.Nodes;
using Assay.Server.Tests.Harness;
using Assay.Testing.Postgres;
using static Assay.Server.Tests.Harness.TestDatastores;

namespace Assay.Server.Tests.Onboarding;

public sealed class DiscoveryTests(AssayServer assay)
{
    private const string Base = "/api/connections";

    [Fact]
    public async Task Catalogs_OfAConnectionThatIsNotStored_AreBareNamesAndNothingIsStored()
    {
        await (await PostgresServer.SharedAsync()).LoadSamplesAsync();
        var connection = await TestSources.PostgresConnection();

        var names = Strings(await assay.Admin.Post($"{Base}/catalogs", connection));

        names.ShouldContain("travel");
        names.ShouldContain("culture");
        (await assay.Admin.Post(Base, connection)).Expect(200); // had it been stored, this would be a duplicate
    }

    [Fact]
    public async Task Schemas_OfAConnectionThatIsNotStored_AreBareNamesWithThoseOfTheSystem()
    {
        await (await PostgresServer.SharedAsync()).LoadSamplesAsync();

        var names = Strings(await assay.Admin.Post($"{Base}/schemas?catalog=culture", await TestSources.PostgresConnection()));

        names.ShouldContain("movies");
        names.ShouldContain("Fußball ⚽");
        names.ShouldContain("information_schema");
        names.ShouldNotContain("flights");
    }

    [Fact]
    public async Task StoredConnection_SaysWhichDatastoresThereAre()
    {
        await (await PostgresServer.SharedAsync()).LoadSamplesAsync();
        var connection = await assay.CreateConnection();
        var store = await assay.CreateDatastore(("connection_id", connection.Id), ("database", "culture"), ("schema", "movies"));
        await assay.CreateDatastore(("connection_id", (await assay.CreateConnection()).Id), ("database", "culture"), ("schema", "people")); // another connection's

        var catalogs = (await assay.Admin.Get($"{Base}/{connection.Id}/catalogs")).Expect(200).Json.AsArray();
        var schemas = (await assay.Admin.Get($"{Base}/{connection.Id}/schemas?catalog=culture")).Expect(200).Json.AsArray();
        var elsewhere = (await assay.Admin.Get($"{Base}/{connection.Id}/schemas?catalog=travel")).Expect(200).Json.AsArray();

        var expected = new JsonArray(new JsonObject { ["id"] = (long)store["id"]!, ["name"] = (string)store["name"]! }).ToJsonString();
        Existing(catalogs, "culture").ShouldBe(expected);
        Existing(catalogs, "travel").ShouldBe("[]");
        Existing(schemas, "movies").ShouldBe(expected);
        Existing(schemas, "people").ShouldBe("[]");
        elsewhere.ShouldAllBe(s => s!["existing_datastores"]!.AsArray().Count == 0);
        ((bool)schemas.First(s => (string)s!["name"]! == "information_schema")!["system"]!).ShouldBeTrue();
        ((bool)schemas.First(s => (string)s!["name"]! == "movies")!["system"]!).ShouldBeFalse();
    }

    [Theory, InlineData("catalogs"), InlineData("schemas")]
    public async Task FileStore_Is409InBothForms(string what)
    {
        var stored = (await assay.Admin.Post(Base, UnreachableS3())).Expect(200);

        (await assay.Admin.Post($"{Base}/{what}", UnreachableS3())).Expect(409).Detail!.ShouldContain("'s3'");
        (await assay.Admin.Get($"{Base}/{stored.Id}/{what}")).Expect(409).Detail!.ShouldContain("'s3'");
    }

    [Theory, InlineData("catalogs"), InlineData("schemas")]
    public async Task UnreachableSource_Is400WithAMessageAndNoSecret(string what)
    {
        var answer = (await assay.Admin.Post($"{Base}/{what}", UnreachablePostgres())).Expect(400);

        answer.Message.ShouldNotBeNullOrEmpty();
        answer.Detail.ShouldBeNull();
        answer.Text.ShouldNotContain("s3cur3_p4ssw0rd");
    }

    [Fact]
    public async Task UnknownCatalog_Is400ThatNamesIt() =>
        (await assay.Admin.Post($"{Base}/schemas?catalog=no_such_db", await TestSources.PostgresConnection())).Expect(400).Message!.ShouldContain("no_such_db");

    [Theory, InlineData("catalogs"), InlineData("schemas")]
    public async Task UnknownConnection_Is404(string what) =>
        (await assay.Admin.Get($"{Base}/999999999/{what}")).Expect(404).Detail.ShouldBe("Connection id: 999999999 not found");

    [Fact]
    public async Task UnknownType_Is422ThatListsTheKnownOnes()
    {
        var error = (await assay.Admin.Post($"{Base}/catalogs", new JsonObject { ["type"] = "nosuch" })).Expect(422).Errors().Single();

        error.Loc.ShouldBe("body.type");
        error.Msg.ShouldContain("'postgresql'");
    }

    private static string Existing(JsonArray entries, string name) =>
        entries.Single(e => (string)e!["name"]! == name)!["existing_datastores"]!.ToJsonString();

    private static IReadOnlyList<string> Strings(Answer answer) => [.. answer.Expect(200).Json.AsArray().Select(n => (string)n!)];
}
