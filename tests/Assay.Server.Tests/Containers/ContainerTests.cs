using System.Text.Json.Nodes;
using Assay.Server.Tests.Harness;
using static Assay.Server.Tests.Harness.Syncing;

namespace Assay.Server.Tests.Containers;

public sealed class ContainerTests(AssayServer assay)
{
    private const string Tables = """
        CREATE TABLE orders (id int PRIMARY KEY, updated_at timestamptz NOT NULL, price numeric(10,2), note text);
        COMMENT ON TABLE orders IS 'What was bought';
        CREATE TABLE other (a text, b text);
        CREATE VIEW recent AS SELECT id FROM orders;
        """;

    [Fact]
    public async Task Get_OfATable_ShowsEveryMemberOfTheContract()
    {
        var datastore = await Synced(Tables);

        var orders = await Find(datastore, "orders");

        foreach (var member in new[]
        {
            "created", "id", "datastore", "container_type", "name", "favorite", "exclude_fields", "group_by_fields", "metrics", "global_tags", "computed_fields",
            "volumetric_tracking_enabled", "freshness_tracking_enabled", "latest_observability_measurement", "incremental_checkpoint", "deleted_at",
            "additional_metadata", "description", "table_type", "partition_field", "incremental_field_name", "incremental_identifier_type", "infer_datatypes",
        }) orders.AsObject().ContainsKey(member).ShouldBeTrue(member);
        ((string?)orders["container_type"]).ShouldBe("table");
        ((string?)orders["table_type"]).ShouldBe("table");
        ((string?)orders["remarks"]).ShouldBe("What was bought");
        ((string?)orders["incremental_field_name"]).ShouldBe("updated_at");
        ((string?)orders["incremental_identifier_type"]).ShouldBe("last-modified");
        ((string?)orders["partition_field"]).ShouldBe("updated_at");
        ((long)orders["metrics"]!["fields"]!).ShouldBe(4);
        orders["deleted_at"].ShouldBeNull();
        ((string?)(await Find(datastore, "recent"))["table_type"]).ShouldBe("view");
    }

    [Fact]
    public async Task List_WithFilters_NarrowsAndCounts()
    {
        var datastore = await Synced(Tables);

        async Task<string[]> Names(string query)
        {
            var page = (await assay.Admin.Get($"/api/containers?datastore={datastore}&{query}")).Expect(200).Json;
            var names = page["items"]!.AsArray().Select(c => (string)c!["name"]!).ToArray();
            ((long)page["total"]!).ShouldBe(names.Length);
            return names;
        }

        (await Names("sort_name=asc")).ShouldBe(["orders", "other", "recent"]);
        (await Names("sort_name=desc")).ShouldBe(["recent", "other", "orders"]);
        (await Names("name=orders")).ShouldBe(["orders"]);
        (await Names("search=RDER")).ShouldBe(["orders"]);
        (await Names("container_type=view")).ShouldBe(["recent"]);
        (await Names("container_type=file")).ShouldBeEmpty();
        (await Names("archived=only")).ShouldBeEmpty();
        (await assay.Admin.Get($"/api/containers?datastore={datastore}&archived=never")).Expect(422);
    }

    [Fact]
    public async Task Listing_OfADatastore_IsABareArray()
    {
        var datastore = await Synced(Tables);

        var all = (await assay.Admin.Get($"/api/containers/listing?datastore={datastore}")).Expect(200).Json.AsArray();

        all.Select(c => (string)c!["name"]!).ShouldBe(["orders", "other", "recent"]);
        all[0]!.AsObject().Select(p => p.Key).ShouldBe(
            ["id", "name", "container_type", "table_type", "deleted_at", "volumetric_tracking_enabled", "freshness_tracking_enabled", "datastore", "favorite", "was_profiled"]);
    }

    [Fact]
    public async Task Delete_ByAUser_IsUndoneByRecreateOnly()
    {
        var datastore = await Synced(Tables);
        var id = (long)(await Find(datastore, "other"))["id"]!;

        (await assay.Admin.Delete($"/api/containers/{id}")).Expect(204);

        ((long)(await assay.Admin.Get($"/api/datastores/{datastore}")).Json["metrics"]!["containers"]!).ShouldBe(2);
        (await assay.Admin.Get($"/api/containers/{id}")).Expect(200).Json["deleted_at"].ShouldNotBeNull();
        (await assay.Admin.Get($"/api/containers?datastore={datastore}&archived=only")).Json["items"]![0]!["id"]!.GetValue<long>().ShouldBe(id);
        (await assay.SyncWell(datastore)).Containers.ShouldBe((0, 0, 0, 0));

        var again = await assay.SyncWell(datastore, new() { ["recreate"] = true });

        again.Containers.ShouldBe((0, 0, 1, 0));
        ((long)(await Find(datastore, "other"))["id"]!).ShouldBe(id);
        ((long)(await assay.Admin.Get($"/api/datastores/{datastore}")).Json["metrics"]!["containers"]!).ShouldBe(3);
    }

    [Fact]
    public async Task Update_OfAnIdentifier_SurvivesLaterSyncs()
    {
        var database = await CreateDatabase(Tables);
        var datastore = await assay.RegisterPostgres(database);
        await assay.SyncWell(datastore);
        var id = (long)(await Find(datastore, "orders"))["id"]!;

        var updated = (await assay.Admin.Put($"/api/containers/{id}", new JsonObject
        {
            ["container_type"] = "table",
            ["partition_field"] = "id",
            ["incremental_field_name"] = "id",
            ["incremental_identifier_type"] = null,
            ["infer_datatypes"] = true,
            ["description"] = "mine",
            ["exclude_fields"] = new JsonArray("note"),
            ["tags"] = new JsonArray("gold"),
        })).Expect(200).Json;
        await RunSql(database, "ALTER TABLE orders ADD COLUMN extra int");
        await assay.SyncWell(datastore);

        ((string?)updated["incremental_identifier_type"]).ShouldBe("batch-value");
        var after = await Find(datastore, "orders");
        ((string?)after["partition_field"]).ShouldBe("id");
        ((string?)after["incremental_field_name"]).ShouldBe("id");
        ((bool)after["infer_datatypes"]!).ShouldBeTrue();
        ((string?)after["description"]).ShouldBe("mine");
        after["exclude_fields"]!.ToJsonString().ShouldBe("[\"note\"]");
        after["global_tags"]![0]!["name"]!.GetValue<string>().ShouldBe("gold");
    }

    [Fact]
    public async Task Update_WithWhatGetAnswered_ChangesNothing()
    {
        var datastore = await Synced(Tables);
        var before = await Find(datastore, "orders");

        var after = (await assay.Admin.Put($"/api/containers/{before["id"]}", before)).Expect(200).Json;

        after.ToJsonString().ShouldBe(before.ToJsonString());
    }

    [Fact]
    public async Task Update_WithoutIdentifiers_MakesThemAutomaticAgain()
    {
        var datastore = await Synced(Tables);
        var id = (long)(await Find(datastore, "orders"))["id"]!;
        (await assay.Admin.Put($"/api/containers/{id}", new JsonObject { ["container_type"] = "table", ["partition_field"] = null, ["incremental_field_name"] = null })).Expect(200)
            .Json["partition_field"].ShouldBeNull();

        var after = (await assay.Admin.Put($"/api/containers/{id}", new JsonObject { ["container_type"] = "table" })).Expect(200).Json;

        ((string?)after["partition_field"]).ShouldBe("updated_at");
        ((string?)after["incremental_field_name"]).ShouldBe("updated_at");
    }

    [Theory]
    [InlineData("""{"container_type": "file"}""", "container_type")]
    [InlineData("""{}""", "container_type")]
    [InlineData("""{"container_type": "table", "partition_field": "nowhere"}""", "partition_field")]
    [InlineData("""{"container_type": "table", "incremental_field_name": "note"}""", "incremental_field_name")]
    [InlineData("""{"container_type": "table", "incremental_field_name": "id", "incremental_identifier_type": "last-modified"}""", "incremental_identifier_type")]
    [InlineData("""{"container_type": "table", "exclude_fields": ["nowhere"]}""", "exclude_fields")]
    [InlineData("""{"container_type": "table", "group_by_fields": ["id"]}""", "group_by_fields")]
    public async Task Update_ThatMakesNoSense_IsRefusedWithItsPlace(string body, string member)
    {
        var datastore = await Synced(Tables);
        var id = (long)(await Find(datastore, "orders"))["id"]!;

        var refused = (await assay.Admin.Put($"/api/containers/{id}", JsonNode.Parse(body))).Expect(422);

        ((string?)refused.Json["detail"]![0]!["loc"]![1]).ShouldBe(member);
    }

    [Fact]
    public async Task Patch_OfSeveral_ReplacesTheirTagsOrNone()
    {
        var datastore = await Synced(Tables);
        var ids = new[] { await Find(datastore, "orders"), await Find(datastore, "other") }.Select(c => (long)c["id"]!).ToArray();

        (await assay.Admin.Patch("/api/containers", new JsonArray([.. ids.Select(id => new JsonObject { ["id"] = id, ["tags"] = new JsonArray("bulk") })]))).Expect(200);
        (await assay.Admin.Patch("/api/containers", new JsonArray(
            new JsonObject { ["id"] = ids[0], ["tags"] = new JsonArray() }, new JsonObject { ["id"] = 987_654_321, ["tags"] = new JsonArray() }))).Expect(404);

        (await assay.Admin.Get($"/api/containers?datastore={datastore}&tag=bulk")).Expect(200).Json["total"]!.GetValue<long>().ShouldBe(2);
    }

    [Fact]
    public async Task Favorite_OfAContainer_IsTheCallersOwn()
    {
        var datastore = await Synced(Tables);
        var id = (long)(await Find(datastore, "orders"))["id"]!;
        var manager = await assay.CreateUser("Manager", await assay.CreateTeam("Reporter", datastore));

        for (var i = 0; i < 2; i++)
            ((bool)(await manager.Api.Patch($"/api/containers/{id}/favorite", new JsonObject { ["favorite"] = true })).Expect(200).Json["favorite"]!).ShouldBeTrue();

        ((bool)(await assay.Admin.Get($"/api/containers/{id}")).Json["favorite"]!).ShouldBeFalse();
        ((bool)(await manager.Api.Patch($"/api/containers/{id}/favorite", new JsonObject { ["favorite"] = false })).Expect(200).Json["favorite"]!).ShouldBeFalse();
    }

    [Fact]
    public async Task Fields_OfAContainer_AreInOrderAndFiltered()
    {
        var datastore = await Synced(Tables);
        var id = (long)(await Find(datastore, "orders"))["id"]!;

        var fields = (await assay.Admin.Get($"/api/containers/{id}/fields")).Expect(200).Json["items"]!.AsArray();
        fields.Select(f => ((string)f!["name"]!, (string)f["type"]!, (string)f["native_type"]!)).ShouldBe(
            [("id", "Integral", "integer"), ("updated_at", "Timestamp", "timestamp with time zone"), ("price", "Fractional", "numeric(10,2)"), ("note", "String", "text")]);
        var price = (long)fields[2]!["id"]!;

        (await assay.Admin.Put($"/api/fields/{price}", new JsonObject { ["status"] = "masked", ["description"] = "in euro" })).Expect(200);

        async Task<long> Count(string query) => (long)(await assay.Admin.Get($"/api/fields?container_id={id}&{query}")).Expect(200).Json["total"]!;
        (await Count("")).ShouldBe(3);
        (await Count("status=masked")).ShouldBe(1);
        (await Count("type=String")).ShouldBe(1);
        (await Count("name=note")).ShouldBe(1);
        (await assay.Admin.Get($"/api/fields/listing?container_id={id}")).Expect(200).Json.AsArray().Count.ShouldBe(3);
        (await assay.Admin.Put($"/api/fields/{fields[1]!["id"]}", new JsonObject { ["status"] = "masked" })).Expect(409);
        (await assay.Admin.Put($"/api/fields/{price}", new JsonObject { ["name"] = "other" })).Expect(422);
    }

    [Fact]
    public async Task Sync_OfAMaskedFieldThatWentAndCameBack_LeavesItMasked()
    {
        var database = await CreateDatabase("CREATE TABLE t (id int PRIMARY KEY, secret text)");
        var datastore = await assay.RegisterPostgres(database);
        await assay.SyncWell(datastore);
        var secret = (await assay.Admin.Get($"/api/fields?datastore={datastore}&name=secret")).Expect(200).Json["items"]![0]!["id"]!;
        (await assay.Admin.Put($"/api/fields/{secret}", new JsonObject { ["status"] = "masked" })).Expect(200);
        await RunSql(database, "ALTER TABLE t DROP COLUMN secret");
        await assay.SyncWell(datastore);
        await RunSql(database, "ALTER TABLE t ADD COLUMN secret text");
        await assay.SyncWell(datastore);

        ((string?)(await assay.Admin.Get($"/api/fields/{secret}")).Expect(200).Json["status"]).ShouldBe("masked");
    }

    [Fact]
    public async Task Containers_OfOthers_DoNotExistForAMember()
    {
        var datastore = await Synced(Tables);
        var container = (long)(await Find(datastore, "orders"))["id"]!;
        var field = (long)(await assay.Admin.Get($"/api/containers/{container}/fields")).Json["items"]![0]!["id"]!;
        var stranger = await assay.CreateMember("Editor");
        var reporter = await assay.CreateMember("Reporter", datastore);

        foreach (var path in new[] { $"/api/containers/{container}", $"/api/containers/{container}/fields", $"/api/fields/{field}" })
        {
            (await stranger.Api.Get(path)).Expect(404);
            (await reporter.Api.Get(path)).Expect(200);
        }
        foreach (var path in new[] { "/api/containers", "/api/fields", "/api/partitions" })
            (await stranger.Api.Get($"{path}?datastore={datastore}&container={container}")).Expect(200).Json["total"]!.GetValue<long>().ShouldBe(0);
        (await stranger.Api.Get($"/api/containers/listing?datastore={datastore}")).Expect(200).Json.AsArray().ShouldBeEmpty();
        (await reporter.Api.Delete($"/api/containers/{container}")).Expect(403);
        (await reporter.Api.Put($"/api/fields/{field}", new JsonObject { ["status"] = "masked" })).Expect(403);
        (await reporter.Api.Patch("/api/containers", new JsonArray(new JsonObject { ["id"] = container, ["tags"] = new JsonArray() }))).Expect(403);
        (await stranger.Api.Patch("/api/containers", new JsonArray(new JsonObject { ["id"] = container, ["tags"] = new JsonArray() }))).Expect(404);
    }

    [Fact]
    public async Task Partitions_OfAPartitionedTable_AreListed()
    {
        var datastore = await Synced("""
            CREATE TABLE p (id int, at date) PARTITION BY RANGE (at);
            CREATE TABLE p_2025 PARTITION OF p FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
            CREATE TABLE p_2026 PARTITION OF p FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
            """);
        var container = (long)(await Find(datastore, "p"))["id"]!;

        var page = (await assay.Admin.Get($"/api/partitions?container={container}&sort_name=desc")).Expect(200).Json;

        page["items"]!.AsArray().Select(p => (string)p!["name"]!).ShouldBe(["p_2026", "p_2025"]);
        ((long)(await assay.Admin.Get($"/api/datastores/{datastore}")).Json["metrics"]!["containers"]!).ShouldBe(1);
    }

    private async Task<long> Synced(string sql)
    {
        var datastore = await assay.RegisterPostgres(await CreateDatabase(sql));
        await assay.SyncWell(datastore);
        return datastore;
    }

    private async Task<JsonNode> Find(long datastore, string name) =>
        (await assay.Admin.Get($"/api/containers?datastore={datastore}&name={name}")).Expect(200).Json["items"]!.AsArray().Single()!.DeepClone();
}
