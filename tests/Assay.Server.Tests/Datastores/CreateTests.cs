using System.Text.Json.Nodes;
using Assay.Server.Tests.Harness;
using static Assay.Server.Tests.Harness.TestDatastores;

namespace Assay.Server.Tests.Datastores;

public sealed class CreateTests(AssayServer assay)
{
    [Fact]
    public async Task Create_AsTheDocumentHasIt_ShowsWhatTheDocumentShows()
    {
        var (team, other) = (People.Unique("Data Platform"), People.Unique("Analytics"));
        var (tag, otherTag) = (People.Unique("production"), People.Unique("postgresql"));

        var answer = await assay.Admin.Post(Stores, Body(("name", "Production Sales"), ("teams", Names(team, other)), ("tags", Names(tag, otherTag)), ("trigger_catalog", false)));

        var store = answer.Expect(201).Json;
        ((string?)store["name"]).ShouldBe("Production Sales");
        ((string?)store["type"]).ShouldBe("postgresql");
        ((string?)store["store_type"]).ShouldBe("jdbc");
        ((string?)store["database"]).ShouldBe("production");
        ((string?)store["schema"]).ShouldBe("sales");
        ((bool?)store["connected"]).ShouldBe(false); // nobody answers there
        ((bool?)store["favorite"]).ShouldBe(false);
        ((bool?)store["enrichment_only"]).ShouldBe(false);
        ((string?)store["created"])!.ShouldMatch(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$");
        store["teams"]!.AsArray().Select(t => (string)t!["name"]!).ShouldBe([team, other], ignoreOrder: true);
        store["global_tags"]!.AsArray().Select(t => (string)t!["name"]!).ShouldBe([tag, otherTag], ignoreOrder: true);
        ((string?)store["global_tags"]![0]!["type"]).ShouldBe("global");
    }

    [Fact]
    public async Task Create_AnswersWithItsLocation()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Stores) { Content = new StringContent(Body().ToJsonString(), System.Text.Encoding.UTF8, "application/json") };
        using var response = await assay.Admin.Http.SendAsync(request);

        var id = (long)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["id"]!;
        response.Headers.Location!.ToString().ShouldBe($"/api/datastores/{id}");
        (await assay.Admin.Get(response.Headers.Location.ToString())).Expect(200).Id.ShouldBe(id);
    }

    [Fact]
    public async Task Create_WithLittle_HasEveryDefaultAndEveryKey()
    {
        var connection = UnreachablePostgres();
        var store = await assay.CreateDatastore(("name", "Analytics Bronze"), ("connection", connection), ("database", null), ("schema", null), ("tags", null), ("teams", null));

        ((string?)store["enrichment_prefix"]).ShouldBe("_analytics_bronze");
        ((int?)store["enrichment_source_record_limit"]).ShouldBe(10);
        ((string?)store["enrichment_remediation_strategy"]).ShouldBe("none");
        ((int?)store["high_count_rollup_threshold"]).ShouldBe(10);
        store["teams"]!.AsArray().Select(t => (string)t!["name"]!).ShouldBe(["Public"]);
        store["metrics"]!.AsObject().Select(m => m.Key).ShouldBe(["containers", "records", "fields_profiled", "active_checks", "active_anomalies", "quality_score"]);
        store["metrics"]!.AsObject().Where(m => m.Key != "quality_score").ShouldAllBe(m => (int)m.Value! == 0);
        store["metrics"]!["quality_score"].ShouldBeNull(); // nothing was scanned yet
        foreach (var empty in new[] { "description", "database", "schema", "root_path", "group", "enrich_datastore", "latest_operation", "jdbc_fetch_size", "max_parallelization", "secrets_manager", "uri", "access_key" })
        {
            store.AsObject().ContainsKey(empty).ShouldBeTrue(empty);
            store[empty].ShouldBeNull(empty);
        }
        store["linked_datastores"]!.AsArray().ShouldBeEmpty();
        ((bool?)store["has_scheduled_operations"]).ShouldBe(false);
        ((string?)store["host"]).ShouldBe("127.0.0.1");
        ((int?)store["port"]).ShouldBe(1);
        ((string?)store["username"]).ShouldBe((string?)connection["username"]);
        ((long?)store["connection_id"]).ShouldBe((long?)store["connection"]!["id"]);
        ((string?)store["connection"]!["type"]).ShouldBe("postgresql");
        store.AsObject().ContainsKey("updated").ShouldBeTrue();
    }

    [Fact]
    public async Task Create_NeverShowsASecret()
    {
        var answer = await assay.Admin.Post(Stores, Body());
        var files = await assay.Admin.Post(Stores, Body(("connection", UnreachableS3()), ("database", null), ("schema", null), ("root_path", "/raw/")));

        answer.Expect(201).Text.ShouldNotContain("s3cur3_p4ssw0rd");
        files.Expect(201).Text.ShouldNotContain("wJalrXUtnFEMI");
        (await assay.Admin.Get($"{Stores}/{files.Id}")).Expect(200).Text.ShouldNotContain("wJalrXUtnFEMI");
    }

    [Fact]
    public async Task Create_WithAStoredConnection_ByIdOrAsBareInteger_SharesIt()
    {
        var connection = (long)(await assay.CreateDatastore())["connection_id"]!;

        ((long?)(await assay.CreateDatastore(("connection_id", connection)))["connection_id"]).ShouldBe(connection);
        ((long?)(await assay.CreateDatastore(("connection", connection)))["connection_id"]).ShouldBe(connection);
    }

    [Fact]
    public async Task Create_WithAConnectionThatIsThereAlready_Is409AndLeavesNothing()
    {
        var connection = UnreachablePostgres();
        await assay.CreateDatastore(("connection", connection.DeepClone()));
        var (name, tag, team, group) = (People.Unique("Twin"), People.Unique("tag"), People.Unique("team"), People.Unique("group"));

        (await assay.Admin.Post(Stores, Body(("name", name), ("connection", connection), ("tags", Names(tag)), ("teams", Names(team)), ("group", new JsonObject { ["name"] = group })))).Expect(409);

        await ShouldHaveLeftNothing(name, tag, team, group);
    }

    [Fact]
    public async Task Create_ThatFailsLate_LeavesNothing()
    {
        var (name, tag, team, group) = (People.Unique("Late"), People.Unique("tag"), People.Unique("team"), People.Unique("group"));
        var (source, body) = (await assay.CreateDatastoreId(), Body(("name", name), ("tags", Names(tag)), ("teams", Names(team)), ("group", new JsonObject { ["name"] = group })));
        body["enrichment_datastore_id"] = source; // a source, not an enrichment store
        var username = (string)body["connection"]!["username"]!;

        (await assay.Admin.Post(Stores, body)).Expect(409).Detail.ShouldBe($"The datastore id: {source} is not an enrichment store");

        await ShouldHaveLeftNothing(name, tag, team, group);
        body.Remove("enrichment_datastore_id");
        ((string?)(await assay.Admin.Post(Stores, body)).Expect(201).Json["username"]).ShouldBe(username); // the connection was free again
    }

    [Theory]
    [InlineData("""{"name":null}""", "name", "null_not_allowed")]
    [InlineData("""{"name":"  "}""", "name", "string_too_short")]
    [InlineData("""{"name":5}""", "name", "string_type")]
    [InlineData("""{"connection":null}""", "connection", "missing")]
    [InlineData("""{"connection_id":1}""", "connection", "value_error")]
    [InlineData("""{"connection":"x"}""", "connection", "model_attributes_type")]
    [InlineData("""{"connection":{}}""", "connection", "missing")]
    [InlineData("""{"root_path":"/x"}""", "root_path", "extra_forbidden")]
    [InlineData("""{"folder_globbing_enabled":true}""", "folder_globbing_enabled", "extra_forbidden")]
    [InlineData("""{"group_id":1,"group":{"name":"x"}}""", "group", "value_error")]
    [InlineData("""{"group":{"icon":"gold"}}""", "group", "missing")]
    [InlineData("""{"teams":"x"}""", "teams", "list_type")]
    [InlineData("""{"teams":[null]}""", "teams", "null_not_allowed")]
    [InlineData("""{"tags":[true]}""", "tags", "reference_type")]
    [InlineData("""{"tags":["listing"]}""", "tags", "value_error")]
    [InlineData("""{"enrichment_only":"maybe"}""", "enrichment_only", "bool_parsing")]
    [InlineData("""{"enrichment_only":true,"enrichment_datastore_id":1}""", "enrichment_datastore_id", "value_error")]
    [InlineData("""{"enrichment_source_record_limit":0}""", "enrichment_source_record_limit", "greater_than_equal")]
    [InlineData("""{"enrichment_source_record_limit":1000000001}""", "enrichment_source_record_limit", "less_than_equal")]
    [InlineData("""{"enrichment_remediation_strategy":"replace"}""", "enrichment_remediation_strategy", "enum")]
    [InlineData("""{"high_count_rollup_threshold":1001}""", "high_count_rollup_threshold", "less_than_equal")]
    [InlineData("""{"high_count_rollup_threshold":0}""", "high_count_rollup_threshold", "greater_than_equal")]
    public async Task Create_WithBadInput_Is422AtThatField(string members, string field, string type)
    {
        var body = Body();
        foreach (var (name, value) in JsonNode.Parse(members)!.AsObject().ToArray()) body[name] = value?.DeepClone();

        var error = (await assay.Admin.Post(Stores, body)).Expect(422).Json["detail"]![0]!;

        ((string?)error["loc"]![1]).ShouldBe(field);
        ((string?)error["type"]).ShouldBe(type);
    }

    [Theory]
    [InlineData("name", 255)]
    [InlineData("description", 255)]
    [InlineData("enrichment_prefix", 60)]
    public async Task Create_AtTheLimitOfATextsLength_Decides(string field, int limit)
    {
        (await assay.Admin.Post(Stores, Body((field, new string('x', limit))))).Expect(201);
        (await assay.Admin.Post(Stores, Body((field, new string('x', limit + 1))))).Expect(422);
    }

    [Fact]
    public async Task Create_WithSeveralErrors_NamesThemAll()
    {
        var errors = (await assay.Admin.Post(Stores, new JsonObject { ["name"] = "", ["high_count_rollup_threshold"] = 0, ["teams"] = 1 })).Expect(422).Json["detail"]!.AsArray();

        errors.Select(e => (string)e!["loc"]![1]!).ShouldBe(["name", "high_count_rollup_threshold", "teams"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("connection_id", "Connection id: 999999999 not found")]
    [InlineData("group_id", "Datastore group id: 999999999 not found")]
    [InlineData("enrichment_datastore_id", "Datastore id: 999999999 not found")]
    public async Task Create_WithAnUnknownId_Is404(string member, string detail)
    {
        var body = Body((member, 999_999_999));
        if (member == "connection_id") body.Remove("connection");

        (await assay.Admin.Post(Stores, body)).Expect(404).Detail.ShouldBe(detail);
    }

    [Fact]
    public async Task Create_OfAFileStore_TakesItsRootPath_AndTheOfficialClientsSpelling()
    {
        var store = await assay.CreateDatastore(("connection", UnreachableS3()), ("database", null), ("schema", null), ("root_path", "/raw/events/2026/"), ("folder_globbing_enabled", true));
        var byClient = await assay.CreateDatastore(("connection", UnreachableS3()), ("database", "."), ("schema", "/raw/orders"));

        ((string?)store["store_type"]).ShouldBe("dfs");
        ((string?)store["root_path"]).ShouldBe("/raw/events/2026/");
        ((bool?)store["folder_globbing_enabled"]).ShouldBe(true);
        ((string?)store["uri"])!.ShouldStartWith("s3://bucket-");
        ((string?)store["access_key"]).ShouldBe("AKIAIOSFODNN7EXAMPLE");
        store["jdbc_url"].ShouldBeNull();
        ((string?)byClient["root_path"]).ShouldBe("/raw/orders/");
        byClient["schema"].ShouldBeNull();
        byClient["database"].ShouldBeNull();
    }

    [Fact]
    public async Task Create_OfAFileStore_WithoutARootPathOrWithADatabase_Is422()
    {
        var missing = await assay.Admin.Post(Stores, Body(("connection", UnreachableS3()), ("database", null), ("schema", null)));
        var mixed = await assay.Admin.Post(Stores, Body(("connection", UnreachableS3()), ("root_path", "/x")));

        ((string?)missing.Expect(422).Json["detail"]![0]!["loc"]![1]).ShouldBe("root_path");
        ((string?)missing.Json["detail"]![0]!["type"]).ShouldBe("missing");
        mixed.Expect(422).Json["detail"]!.AsArray().Select(e => (string)e!["loc"]![1]!).ShouldBe(["database", "schema"]);
    }

    [Fact]
    public async Task Create_WithAGroup_InlineOrById_IsInIt()
    {
        var name = People.Unique("Group");
        var inline = await assay.CreateDatastore(("group", new JsonObject { ["name"] = name, ["icon"] = "mdi-podium-gold" }));
        var byId = await assay.CreateDatastore(("group_id", (long)inline["group"]!["id"]!));

        ((string?)byId["group"]!["name"]).ShouldBe(name);
        ((string?)byId["group"]!["icon"]).ShouldBe("mdi-podium-gold");
        (await assay.Admin.Post(Stores, Body(("group", new JsonObject { ["name"] = name.ToUpperInvariant() })))).Expect(409).Detail
            .ShouldBe($"Datastore group name: '{name.ToUpperInvariant()}' already exists");
    }

    [Theory]
    [InlineData("enrichment_only")]
    [InlineData("enrich_only")]
    public async Task Create_OfAnEnrichmentStore_UnderEitherName(string member)
    {
        var store = await assay.CreateDatastore((member, true));

        ((bool?)store["enrichment_only"]).ShouldBe(true);
        store["enrichment_prefix"].ShouldBeNull();
    }

    [Fact]
    public async Task Create_WithAnEnrichmentStore_IsLinkedUnderItsPrefix()
    {
        var enrichment = await assay.CreateEnrichmentStoreId();
        var mark = Guid.NewGuid().ToString("N")[..8];

        var store = await assay.CreateDatastore(("enrichment_datastore_id", enrichment), ("enrichment_prefix", $"My  Prefix-{mark}"), ("enrichment_remediation_strategy", "append"), ("enrichment_source_record_limit", 1_000_000_000));

        ((string?)store["enrichment_prefix"]).ShouldBe($"_my_prefix_{mark}");
        ((long?)store["enrich_datastore"]!["id"]).ShouldBe(enrichment);
        ((bool?)store["enrich_datastore"]!["enrichment_only"]).ShouldBe(true);
        ((string?)store["enrich_datastore"]!["store_type"]).ShouldBe("dfs");
        ((string?)store["enrichment_remediation_strategy"]).ShouldBe("append");
        ((long?)store["enrichment_source_record_limit"]).ShouldBe(1_000_000_000);
    }

    [Theory]
    [InlineData("trigger_catalog")]
    [InlineData("trigger_sync")]
    public async Task Create_WithATrigger_StartsASync(string member)
    {
        var store = await assay.CreateDatastore((member, true));

        ((string?)store["latest_operation"]!["type"]).ShouldBe("sync");
    }

    [Fact]
    public async Task Create_OfTheSameNameTwice_IsAllowed()
    {
        var name = People.Unique("Twice");

        (await assay.CreateDatastoreId(("name", name))).ShouldNotBe(await assay.CreateDatastoreId(("name", name)));
    }

    [Fact]
    public async Task Create_OfTheSameNewTagAndTeamAtOnce_MakesEachOnce()
    {
        var (tag, team) = (People.Unique("tag"), People.Unique("team"));
        var connection = (long)(await assay.CreateDatastore())["connection_id"]!;

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => assay.Admin.Post(Stores, Body(("connection_id", connection), ("tags", Names(tag)), ("teams", Names(team))))));

        answers.ShouldAllBe(a => a.Code == 201);
        answers.Select(a => (long)a.Json["global_tags"]![0]!["id"]!).Distinct().Count().ShouldBe(1);
        answers.Select(a => (long)a.Json["teams"]![0]!["id"]!).Distinct().Count().ShouldBe(1);
    }

    private async Task ShouldHaveLeftNothing(string name, string tag, string team, string group)
    {
        ((int?)(await assay.Admin.Get($"{Stores}?name={Uri.EscapeDataString(name)}")).Json["total"]).ShouldBe(0);
        (await assay.Admin.Get($"/api/global-tags/{Uri.EscapeDataString(tag)}")).Expect(404);
        ((int?)(await assay.Admin.Get($"/api/teams?name={Uri.EscapeDataString(team)}")).Json["total"]).ShouldBe(0);
        (await assay.Admin.Get("/api/datastore-groups")).Json.AsArray().ShouldNotContain(g => (string)g!["name"]! == group);
    }
}
