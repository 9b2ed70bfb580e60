using System.Text.Json.Nodes;
using Assay.Server.Tests.Harness;
using static Assay.Server.Tests.Harness.Syncing;

namespace Assay.Server.Tests.Fields;

public sealed class FieldTests(AssayServer assay)
{
    private const string Tables = "CREATE TABLE orders (id int PRIMARY KEY, price numeric(10,2), note text); CREATE TABLE other (a text)";

    [Fact]
    public async Task Update_OfTagsAndText_ShowsAndIsRemembered()
    {
        var (_, fields) = await Orders(Tables);
        var tag = People.Unique("tag");

        var updated = (await assay.Admin.Put($"/api/fields/{fields["price"]}", new JsonObject { ["description"] = "gross", ["tags"] = new JsonArray(tag) })).Expect(200).Json;
        await assay.Admin.Put($"/api/fields/{fields["price"]}", new JsonObject { ["status"] = "masked" });

        Tags(updated).ShouldBe([tag]);
        (await Listed($"tag={Uri.EscapeDataString(tag)}&status=masked")).ShouldBe([fields["price"]]);
        var history = (await assay.Admin.Get($"/api/fields/{fields["price"]}/history")).Expect(200).Json;
        var versions = history["versions"]!.AsArray();
        versions.Count.ShouldBe(2);
        versions[0]!["changeset"]!["description"]!.ToJsonString().ShouldBe("""[null,"gross"]""");
        versions[0]!["changeset"]!["tags"]![1]!.AsArray().Count.ShouldBe(1);
        versions[1]!["changeset"]!["status"]!.ToJsonString().ShouldBe("""["active","masked"]""");
        versions[1]!["transaction"]!["user"].ShouldNotBeNull();
    }

    [Fact]
    public async Task Patch_OfSeveral_IsAllOrNothing()
    {
        var (_, fields) = await Orders(Tables);
        var tag = People.Unique("tag");

        var wrong = new JsonArray(Item(fields["note"], ("status", "masked")), Item(fields["id"], ("status", "missing")));
        (await assay.Admin.Patch("/api/fields", wrong)).Expect(409);
        (await Status(fields["note"])).ShouldBe("active");
        (await assay.Admin.Patch("/api/fields", new JsonArray(Item(999_999_999)))).Expect(404);

        var both = (await assay.Admin.Patch("/api/fields", new JsonArray(Item(fields["note"], ("status", "masked"), ("tags", new JsonArray(tag))), Item(fields["id"], ("tags", new JsonArray(tag)))))).Expect(200).Json.AsArray();

        both.Select(f => (long)f!["id"]!).ShouldBe([fields["note"], fields["id"]], ignoreOrder: true);
        both.ShouldAllBe(f => Tags(f!).Contains(tag));
        (await Status(fields["note"])).ShouldBe("masked");
    }

    [Fact]
    public async Task Delete_ExcludesAndArchivesItsChecks_UntilRestored()
    {
        var (container, fields) = await Orders(Tables);
        var check = (await assay.Admin.Post("/api/quality-checks", new JsonObject
        {
            ["container_id"] = container,
            ["rule"] = "notNull",
            ["description"] = "has a note",
            ["fields"] = new JsonArray("note"),
            ["coverage"] = 1,
            ["status"] = "Active",
        })).Expect(200).Id;

        (await assay.Admin.Delete($"/api/fields/{fields["note"]}")).Expect(204);
        (await assay.Admin.Delete("/api/fields", new JsonArray(Item(fields["price"])))).Expect(204);

        (await Status(fields["note"])).ShouldBe("excluded");
        (await assay.Admin.Get($"/api/quality-checks/{check}")).Expect(200).Json["deleted_at"].ShouldNotBeNull();
        (await assay.Admin.Delete($"/api/fields/{fields["id"]}?archive=false")).Expect(409).Detail!.ShouldContain("only missing fields");
        ((string?)(await assay.Admin.Post($"/api/fields/{fields["note"]}/restore")).Expect(200).Json["status"]).ShouldBe("active");
        (await assay.Admin.Patch("/api/fields/restore", new JsonArray(new JsonObject { ["id"] = fields["price"] }))).Expect(200);
        (await Status(fields["price"])).ShouldBe("active");
        (await assay.Admin.Get($"/api/quality-checks/{check}")).Json["deleted_at"].ShouldNotBeNull();
    }

    [Fact]
    public async Task Merge_AfterAColumnWasRenamed_KeepsIdTagsAndChecks()
    {
        var database = await CreateDatabase(Tables);
        var datastore = await assay.RegisterPostgres(database);
        await assay.SyncWell(datastore);
        var (container, before) = await Read(datastore);
        var tag = People.Unique("tag");
        await assay.Admin.Put($"/api/fields/{before["note"]}", new JsonObject { ["tags"] = new JsonArray(tag) });
        var check = (await assay.Admin.Post("/api/quality-checks", new JsonObject
        {
            ["container_id"] = container,
            ["rule"] = "notNull",
            ["description"] = "has a note",
            ["fields"] = new JsonArray("note"),
            ["coverage"] = 1,
            ["status"] = "Active",
        })).Expect(200).Id;
        await RunSql(database, "ALTER TABLE orders RENAME COLUMN note TO remark");
        await assay.SyncWell(datastore);
        var (_, after) = await Read(datastore);
        (await Status(before["note"])).ShouldBe("missing");
        (await assay.Admin.Post($"/api/fields/merge?source_field_id={after["remark"]}&target_field_id={before["note"]}")).Expect(409);
        (await assay.Admin.Post($"/api/fields/merge?source_field_id={before["note"]}")).Expect(422);

        var merged = (await assay.Admin.Post($"/api/fields/merge?source_field_id={before["note"]}&target_field_id={after["remark"]}")).Expect(200).Json;

        ((long)merged["id"]!).ShouldBe(before["note"]);
        ((string?)merged["name"]).ShouldBe("remark");
        ((string?)merged["status"]).ShouldBe("active");
        Tags(merged).ShouldBe([tag]);
        (await assay.Admin.Get($"/api/fields/{after["remark"]}")).Expect(404);
        ((string?)(await assay.Admin.Get($"/api/quality-checks/{check}")).Json["fields"]![0]!["name"]).ShouldBe("remark");
        (await assay.Admin.Get($"/api/fields/{before["note"]}/history")).Json["versions"]!.AsArray().Last()!["changeset"]!["name"]!.ToJsonString().ShouldBe("""["note","remark"]""");
        await RunSql(database, "ALTER TABLE orders ADD COLUMN further int");
        (await assay.SyncWell(datastore)).Fields.ShouldBe((1, 0, 0));
        (await assay.Admin.Delete($"/api/fields/{before["note"]}?archive=false")).Expect(409);
    }

    [Fact]
    public async Task Delete_OfAMissingFieldForGood_RemovesIt_UnlessAChecksNeedsIt()
    {
        var database = await CreateDatabase(Tables);
        var datastore = await assay.RegisterPostgres(database);
        await assay.SyncWell(datastore);
        var (_, fields) = await Read(datastore);
        ((long)(await assay.Admin.Get($"/api/datastores/{datastore}")).Json["field_count"]!).ShouldBe(4);
        await assay.Admin.Put($"/api/fields/{fields["note"]}", new JsonObject { ["tags"] = new JsonArray(People.Unique("tag")) });
        await RunSql(database, "ALTER TABLE orders DROP COLUMN note");
        await assay.SyncWell(datastore);

        (await assay.Admin.Delete($"/api/fields/{fields["note"]}?archive=false")).Expect(204);

        (await assay.Admin.Get($"/api/fields/{fields["note"]}")).Expect(404);
        ((long)(await assay.Admin.Get($"/api/datastores/{datastore}")).Json["field_count"]!).ShouldBe(3);
    }

    [Fact]
    public async Task Search_FindsEachKind_AndOnlyWhatTheCallerMaySee()
    {
        var mark = "m" + Guid.NewGuid().ToString("N")[..10];
        var datastore = await assay.RegisterPostgres(await CreateDatabase($"CREATE TABLE {mark}_table ({mark}_a int, {mark}_b int)"));
        await assay.Admin.Put($"/api/datastores/{datastore}", new JsonObject { ["name"] = $"{mark} store" });
        await assay.SyncWell(datastore);

        var hits = (await assay.Admin.Get($"/api/search?name={mark.ToUpperInvariant()}")).Expect(200).Json.AsArray();

        hits.Select(h => $"{h!["object_type"]} {h["name"]}").ShouldBe([$"datastore {mark} store", $"container {mark}_table", $"field {mark}_a", $"field {mark}_b"]);
        ((string?)hits[0]!["type"]).ShouldBe("postgresql");
        ((long?)hits[1]!["datastore_id"]).ShouldBe(datastore);
        (await assay.Admin.Get($"/api/search?name={mark}&limit=1")).Json.AsArray().Count.ShouldBe(3);
        (await (await assay.CreateUser()).Api.Get($"/api/search?name={mark}")).Expect(200).Json.AsArray().ShouldBeEmpty();
        (await assay.Admin.Get("/api/search")).Expect(422);
        var operation = (long)(await assay.Admin.Get($"/api/datastores/{datastore}")).Json["latest_operation"]!["id"]!;
        var page = (await assay.Admin.Get($"/api/operations/{operation}/containers")).Expect(200).Json;
        ((string?)page["items"]![0]!["name"], (long)page["total"]!).ShouldBe(($"{mark}_table", 1));
        ((string?)(await assay.Admin.Get($"/api/operations/{operation}/heartbeat")).Expect(200).Json["result"]).ShouldBe("success");
    }

    [Fact]
    public async Task Partition_Tagged_ShowsItsTagsAndInheritsOthers()
    {
        var (container, _) = await Orders(Tables);
        var partition = await assay.SeedPartition(container);
        var (tag, inherited) = (People.Unique("tag"), People.Unique("tag"));
        await assay.Admin.Patch("/api/containers", new JsonArray(Item(container, ("tags", new JsonArray(inherited)))));

        var updated = (await assay.Admin.Put($"/api/partitions/{partition}", new JsonObject { ["tags"] = new JsonArray(tag) })).Expect(200).Json;

        Tags(updated).ShouldBe([tag, inherited], ignoreOrder: true);
        (await assay.Admin.Get($"/api/partitions/{partition}")).Expect(200).Text.ShouldBe(updated.ToJsonString());
        (await assay.Admin.Get("/api/partitions/999999999")).Expect(404);
    }

    private async Task<(long Container, Dictionary<string, long> Fields)> Orders(string sql)
    {
        var datastore = await assay.RegisterPostgres(await CreateDatabase(sql));
        await assay.SyncWell(datastore);
        return await Read(datastore);
    }

    private async Task<(long Container, Dictionary<string, long> Fields)> Read(long datastore)
    {
        var container = (long)(await assay.Admin.Get($"/api/containers?datastore={datastore}&name=orders")).Json["items"]![0]!["id"]!;
        var fields = (await assay.Admin.Get($"/api/containers/{container}/fields")).Expect(200).Json["items"]!.AsArray();
        return (container, fields.ToDictionary(f => (string)f!["name"]!, f => (long)f!["id"]!));
    }

    private async Task<string?> Status(long field) => (string?)(await assay.Admin.Get($"/api/fields/{field}")).Expect(200).Json["status"];

    private async Task<List<long>> Listed(string query) =>
        [.. (await assay.Admin.Get($"/api/fields?{query}")).Expect(200).Json["items"]!.AsArray().Select(f => (long)f!["id"]!)];

    private static List<string> Tags(JsonNode view) => [.. view["global_tags"]!.AsArray().Select(t => (string)t!["name"]!)];

    private static JsonObject Item(long id, params (string Name, JsonNode Value)[] members)
    {
        var item = new JsonObject { ["id"] = id };
        foreach (var (name, value) in members) item[name] = value;
        return item;
    }
}
