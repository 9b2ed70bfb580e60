using System.Text.Json.Nodes;
using Assay.Server.Tests.Harness;
using static Assay.Server.Tests.Harness.TestDatastores;

namespace Assay.Server.Tests.Onboarding;

public sealed class BulkTests(AssayServer assay)
{
    private const string Base = "/api/connections";

    [Fact]
    public async Task Bulk_WithANewConnection_MakesOneDatastorePerSchemaAsTheDocumentShows()
    {
        var (prefix, connection) = (Unique("prod"), UnreachablePostgres());
        var enrichment = await assay.CreateEnrichmentStoreId();
        var group = (await assay.Admin.Post("/api/datastore-groups", new JsonObject { ["name"] = People.Unique("group") })).Expect(200).Id;
        connection["name"] = People.Unique("pg");
        var (team, tag) = (People.Unique("Data Platform"), People.Unique("production"));

        var result = (await assay.Admin.Post($"{Base}/datastores/bulk", new JsonObject
        {
            ["connection"] = connection,
            ["database"] = "production_db",
            ["schemas"] = Names("public", "sales", "finance"),
            ["name_template"] = $"{prefix}_{{{{ schema }}}}",
            ["description"] = "Production datastores",
            ["teams"] = Names(team),
            ["trigger_catalog"] = false,
            ["enrichment_datastore_id"] = enrichment,
            ["enrichment_source_record_limit"] = 100,
            ["enrichment_remediation_strategy"] = "append",
            ["high_count_rollup_threshold"] = 20,
            ["group_id"] = group,
            ["tags"] = Names(tag),
        })).Expect(200).Json;

        result["errors"]!.AsArray().ShouldBeEmpty();
        var stores = await Shown(result);
        stores.Select(s => (string)s["name"]!).ShouldBe([$"{prefix}_public", $"{prefix}_sales", $"{prefix}_finance"]);
        stores.Select(s => (string)s["schema"]!).ShouldBe(["public", "sales", "finance"]);
        stores.Select(s => (string)s["enrichment_prefix"]!).ShouldBe([$"_{prefix}_public", $"_{prefix}_sales", $"_{prefix}_finance"]);
        stores.ShouldAllBe(s => (string)s["database"]! == "production_db" && (string)s["description"]! == "Production datastores"
            && (long)s["enrichment_source_record_limit"]! == 100 && (string)s["enrichment_remediation_strategy"]! == "append" && (long)s["high_count_rollup_threshold"]! == 20
            && (long)s["group"]!["id"]! == group && (string)s["teams"]![0]!["name"]! == team && (string)s["global_tags"]![0]!["name"]! == tag);
        stores.Select(s => (long)s["connection"]!["id"]!).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task Bulk_WithoutATemplate_PutsTheConnectionsNameInFront()
    {
        var connection = await Connection();

        var stores = await Shown((await Bulk(connection.Id, ("schemas", Names("a", "B c")))).Expect(200).Json);

        stores.Select(s => (string)s["name"]!).ShouldBe([$"{connection.Json["name"]}_a", $"{connection.Json["name"]}_B c"]);
        stores.ShouldAllBe(s => (string)s["teams"]![0]!["name"]! == "Public");
    }

    [Fact]
    public async Task Bulk_WithATemplateWithoutBlanks_FillsItTheSame()
    {
        var stores = await Shown((await Bulk((await Connection()).Id, ("schemas", Names("$1")), ("name_template", "x_{{schema}}_y"))).Expect(200).Json);

        ((string)stores.Single()["name"]!).ShouldBe("x_$1_y");
    }

    [Fact]
    public async Task Bulk_WhereOneSchemaFails_MakesTheOthersAndSaysWhy()
    {
        var (prefix, enrichment) = (Unique("part"), await assay.CreateEnrichmentStoreId());

        // Both would write to _part…_a_b; and a name can be too long.
        var result = (await Bulk((await Connection()).Id, ("schemas", Names("a b", "A-B", new string('x', 300), "c")), ("name_template", prefix + "_{{ schema }}"),
            ("enrichment_datastore_id", enrichment), ("tags", Names(People.Unique("tag"))))).Expect(200).Json;

        (await Shown(result)).Select(s => (string)s["name"]!).ShouldBe([$"{prefix}_a b", $"{prefix}_c"]);
        var errors = result["errors"]!.AsArray();
        errors.Select(e => (string)e!["schema_name"]!).ShouldBe(["A-B", new string('x', 300)]);
        ((string)errors[0]!["error"]!).ShouldContain("Enrichment prefix");
        ((string)errors[1]!["error"]!).ShouldContain("255");
        var listed = (await assay.Admin.Get($"{Stores}?search={prefix}")).Expect(200).Json["items"]!.AsArray();
        listed.Select(s => (string)s!["name"]!).ShouldNotContain($"{prefix}_A-B"); // not by halves either
    }

    [Fact]
    public async Task Bulk_OfASchemaThatHasADatastore_MakesASecondOne()
    {
        var connection = await Connection();
        await Bulk(connection.Id, ("schemas", Names("twice")));

        (await Bulk(connection.Id, ("schemas", Names("twice")))).Expect(200).Json["created"]!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task Bulk_WithAnExplicitPrefix_KeepsTheDatastoresApart()
    {
        var enrichment = await assay.CreateEnrichmentStoreId();

        var result = (await Bulk((await Connection()).Id, ("schemas", Names("a", "b")), ("enrichment_datastore_id", enrichment), ("enrichment_prefix", "mine"))).Expect(200).Json;

        (await Shown(result)).Select(s => (string)s["enrichment_prefix"]!).ShouldBe(["_mine_a", "_mine_b"]);
    }

    [Fact]
    public async Task Bulk_AsEnrichmentStores_MakesSuch() =>
        (await Shown((await Bulk((await Connection()).Id, ("schemas", Names("e1", "e2")), ("enrichment_only", true))).Expect(200).Json))
            .ShouldAllBe(s => (bool)s["enrichment_only"]!);

    [Fact]
    public async Task Bulk_OfRootPaths_MakesFileDatastores()
    {
        var connection = (await assay.Admin.Post(Base, UnreachableS3())).Expect(200);

        var stores = await Shown((await Bulk(connection.Id, ("database", null), ("root_paths", Names("/raw/", "/curated/")))).Expect(200).Json);

        stores.Select(s => (string)s["root_path"]!).ShouldBe(["/raw/", "/curated/"]);
        stores.ShouldAllBe(s => (string)s["store_type"]! == "dfs");
    }

    [Theory]
    [InlineData("""{}""", "schemas")]
    [InlineData("""{"schemas":[]}""", "schemas")]
    [InlineData("""{"schemas":["a"],"root_paths":["/a"]}""", "root_paths")]
    [InlineData("""{"root_paths":["/a"]}""", "root_paths")]
    [InlineData("""{"schemas":["a"],"name_template":"without"}""", "name_template")]
    [InlineData("""{"schemas":["a"],"group_id":1,"group":{"name":"g"}}""", "group")]
    [InlineData("""{"schemas":["a"],"enrichment_remediation_strategy":"delete"}""", "enrichment_remediation_strategy")]
    [InlineData("""{"schemas":["a"],"high_count_rollup_threshold":1001}""", "high_count_rollup_threshold")]
    public async Task Bulk_WithBadInput_Is422AtThatField(string body, string field)
    {
        var answer = await assay.Admin.Post($"{Base}/{(await Connection()).Id}/datastores/bulk", JsonNode.Parse(body));

        ((string?)answer.Expect(422).Json["detail"]![0]!["loc"]![1]).ShouldBe(field);
    }

    [Fact]
    public async Task Bulk_OfSchemasOnAFileStore_Is422() =>
        ((string?)(await Bulk((await assay.Admin.Post(Base, UnreachableS3())).Expect(200).Id, ("schemas", Names("a")))).Expect(422).Json["detail"]![0]!["loc"]![1]).ShouldBe("schemas");

    [Fact]
    public async Task Bulk_WithAnUnknownEnrichmentStore_IsRefusedWholeAndLeavesNothingBehind()
    {
        var (connection, group) = (UnreachablePostgres(), People.Unique("group"));
        var body = new JsonObject { ["connection"] = connection, ["schemas"] = Names("a"), ["group"] = new JsonObject { ["name"] = group }, ["enrichment_datastore_id"] = 999_999_999 };

        (await assay.Admin.Post($"{Base}/datastores/bulk", body)).Expect(404).Detail.ShouldBe("Datastore id: 999999999 not found");
        body.Remove("enrichment_datastore_id");

        (await assay.Admin.Post($"{Base}/datastores/bulk", body)).Expect(200); // neither connection nor group is taken
    }

    [Fact]
    public async Task Bulk_WithoutAConnection_Is422() =>
        ((string?)(await assay.Admin.Post($"{Base}/datastores/bulk", new JsonObject { ["schemas"] = Names("a") })).Expect(422).Json["detail"]![0]!["loc"]![1]).ShouldBe("connection");

    [Fact]
    public async Task Bulk_WithAnUnknownConnection_Is404() =>
        (await Bulk(999_999_999, ("schemas", Names("a")))).Expect(404).Detail.ShouldBe("Connection id: 999999999 not found");

    [Fact]
    public async Task Bulk_ByAManagerWhoIsEditorNowhere_Is403AndMakesNothing()
    {
        var viewers = await assay.CreateTeam("Viewer");
        var manager = await assay.CreateUser("Manager", viewers);
        var body = new JsonObject { ["connection"] = UnreachablePostgres(), ["schemas"] = Names("a", "b"), ["teams"] = Names(viewers.Name, People.Unique("unknown")) };

        (await manager.Api.Post($"{Base}/datastores/bulk", body)).Expect(403).Detail!.ShouldContain("editor permission");
        body["teams"] = Names((await assay.CreateTeam("Editor")).Name);
        (await manager.Api.Post($"{Base}/datastores/bulk", body)).Expect(403); // Editor team, but not the caller's
        body["teams"] = null;

        (await manager.Api.Post($"{Base}/datastores/bulk", body)).Expect(200).Json["created"]!.AsArray().Count.ShouldBe(2); // the connection was not left behind
    }

    private async Task<Answer> Connection() => (await assay.Admin.Post(Base, UnreachablePostgres())).Expect(200);

    private Task<Answer> Bulk(long connection, params (string Name, JsonNode? Value)[] members)
    {
        var body = new JsonObject { ["database"] = "production" };
        foreach (var (name, value) in members) body[name] = value;
        return assay.Admin.Post($"{Base}/{connection}/datastores/bulk", body);
    }

    private async Task<IReadOnlyList<JsonNode>> Shown(JsonNode result)
    {
        var stores = new List<JsonNode>();
        foreach (var id in result["created"]!.AsArray()) stores.Add((await assay.Admin.Get($"{Stores}/{id}")).Expect(200).Json);
        return stores;
    }

    private static string Unique(string stem) => $"{stem}_{Guid.NewGuid().ToString("N")[..8]}";
}
