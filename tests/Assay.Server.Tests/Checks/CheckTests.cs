using System.Text.Json.Nodes;
using Assay.Server.Tests.Harness;
using static Assay.Server.Tests.Harness.TestChecks;

namespace Assay.Server.Tests.Checks;

/// <summary>A check's life: made, read, listed, changed, archived, restored, deleted.</summary>
public sealed class CheckTests(AssayServer assay)
{
    private const string Bounds = """{"min": 0, "inclusive_min": true, "max": 10, "inclusive_max": false}""";

    [Theory]
    [InlineData("expectedValues", """{"list": ["a"]}""", true, true, true)]
    [InlineData("notNull", null, false, true, true)]
    [InlineData("unique", null, false, false, true)]
    [InlineData("minLength", """{"value": 1}""", false, false, false)]
    public async Task Get_SaysWhatInferenceFindsOutByItself(string rule, string? properties, bool ofProperties, bool ofCoverage, bool ofDescription)
    {
        var (_, container) = await assay.SeedOrders();

        var check = (await assay.Admin.Get($"{AllChecks}/{(await assay.CreateCheck(container, rule, ["name"], properties)).Id}")).Expect(200).Json;

        ((bool)check["is_properties_inferrable"]!, (bool)check["is_coverage_inferrable"]!, (bool)check["is_description_inferrable"]!).ShouldBe((ofProperties, ofCoverage, ofDescription));
        check["latest_container_profile"].ShouldBeNull();
    }

    [Fact]
    public async Task Create_OfACheck_AnswersItAsReadsShowIt()
    {
        var (datastore, container) = await assay.SeedOrders();
        var tag = People.Unique("tag");

        var made = await assay.CreateCheck(container, "between", ["price"], Bounds, new JsonObject
        {
            ["coverage"] = 0.9,
            ["filter"] = "paid = true",
            ["tags"] = new JsonArray(tag),
            ["additional_metadata"] = new JsonObject { ["nested"] = new JsonObject { ["kept"] = new JsonArray(1, 2.50) } },
        });

        foreach (var member in new[]
        {
            "id", "created", "rule_type", "inferred", "fields", "description", "coverage", "filter", "properties", "template_locked", "is_template", "is_new", "num_container_scans",
            "template_checks_count", "anomaly_count", "active_anomaly_count", "status", "deleted_at", "last_editor", "created_by", "last_updated", "last_asserted", "is_passing", "weight",
            "additional_metadata", "global_tags", "datastore", "container", "favorite", "template", "owner", "default_anomaly_assignee", "anomaly_message_field",
            "is_properties_inferrable", "is_coverage_inferrable", "is_description_inferrable", "latest_container_profile",
        }) made.Json.AsObject().ContainsKey(member).ShouldBeTrue(member);
        ((string?)made.Json["rule_type"]).ShouldBe("between");
        ((string?)made.Json["fields"]![0]!["name"]).ShouldBe("price");
        ((string?)made.Json["fields"]![0]!["type"]).ShouldBe("Fractional");
        ((double)made.Json["coverage"]!).ShouldBe(0.9);
        made.Json["properties"]!.ToJsonString().ShouldBe("""{"min":0,"inclusive_min":true,"max":10,"inclusive_max":false}""");
        made.Json["additional_metadata"]!.ToJsonString().ShouldBe("""{"nested":{"kept":[1,2.5]}}""");
        ((string?)made.Json["global_tags"]![0]!["name"]).ShouldBe(tag);
        ((long)made.Json["container"]!["id"]!).ShouldBe(container);
        ((long)made.Json["datastore"]!["id"]!).ShouldBe(datastore);
        ((bool)made.Json["inferred"]!).ShouldBeFalse();
        ((long)made.Json["weight"]!).ShouldBe(2 + 9 + (long)made.Json["global_tags"]![0]!["weight_modifier"]!);
        (await assay.Admin.Get($"{AllChecks}/{made.Id}")).Expect(200).Json.ToJsonString().ShouldBe(made.Json.ToJsonString());
        (await assay.Admin.Get($"{AllChecks}?datastore={datastore}")).Expect(200).Json["items"]![0]!.ToJsonString().ShouldBe(made.Json.ToJsonString());
    }

    [Fact]
    public async Task ActiveChecks_OfADatastoreAndContainer_CountWhatScansWouldAssert()
    {
        var (datastore, container) = await assay.SeedOrders();
        async Task<(long, long)> Counts() => (
            (long)(await assay.Admin.Get($"/api/datastores/{datastore}")).Expect(200).Json["metrics"]!["active_checks"]!,
            (long)(await assay.Admin.Get($"/api/containers/{container}")).Expect(200).Json["metrics"]!["active_checks"]!);

        var one = await assay.CreateCheck(container, "notNull", ["name"]);
        var two = await assay.CreateCheck(container, "notNull", ["email"]);
        await assay.CreateCheck(container, "notNull", ["price"], null, new() { ["status"] = "Draft" });
        (await Counts()).ShouldBe((2, 2));
        (await assay.Admin.Delete($"{AllChecks}/{one.Id}")).Expect(204);
        (await Counts()).ShouldBe((1, 1));
        (await assay.Admin.Put($"{AllChecks}/{one.Id}", one.ToUpdate())).Expect(200).Json["deleted_at"].ShouldBeNull();
        (await Counts()).ShouldBe((2, 2));
        (await assay.Admin.Put($"{AllChecks}/{two.Id}", two.ToUpdate().With(new() { ["status"] = "Draft" }))).Expect(200);
        (await assay.Admin.Delete($"{AllChecks}/{one.Id}?archive=false")).Expect(204);
        (await Counts()).ShouldBe((0, 0));
        (await assay.Admin.Put($"{AllChecks}/{two.Id}", two.ToUpdate())).Expect(200);
        (await assay.Admin.Delete($"/api/containers/{container}")).Expect(204);
        (await Counts()).ShouldBe((0, 1));
    }

    [Fact]
    public async Task List_WithFilters_NarrowsAndCounts()
    {
        var (datastore, container) = await assay.SeedOrders();
        var tag = People.Unique("tag");
        var a = (await assay.CreateCheck(container, "notNull", ["name"], null, new() { ["tags"] = new JsonArray(tag) })).Id;
        var b = (await assay.CreateCheck(container, "between", ["price"], Bounds)).Id;
        var c = (await assay.CreateCheck(container, "unique", ["id", "name"], null, new() { ["status"] = "Draft" })).Id;
        var d = (await assay.CreateCheck(container, "positive", ["price"])).Id;
        (await assay.Admin.Delete($"{AllChecks}/{d}?status=Invalid")).Expect(204);
        (await assay.Admin.Patch($"{AllChecks}/{b}/favorite", new JsonObject { ["favorite"] = true })).Expect(200);

        async Task<long[]> Ids(string query)
        {
            var page = (await assay.Admin.Get($"{AllChecks}?datastore={datastore}&{query}")).Expect(200).Json;
            var ids = page["items"]!.AsArray().Select(x => (long)x!["id"]!).ToArray();
            ((long)page["total"]!).ShouldBe(ids.Length);
            return ids;
        }

        (await Ids("")).ShouldBe([c, b, a]);
        (await Ids("sort_created=asc")).ShouldBe([a, b, c]);
        (await Ids("sort_rule_type=asc")).ShouldBe([b, a, c]);
        (await Ids("status=Draft")).ShouldBe([c]);
        (await Ids("archived=only")).ShouldBe([d]);
        (await Ids("archived=include&sort_created=asc")).ShouldBe([a, b, c, d]);
        (await Ids("status=Invalid")).ShouldBe([d]);
        (await Ids("rule_type=notNull&rule_type=between")).ShouldBe([b, a]);
        (await Ids("field=name")).ShouldBe([c, a]);
        (await Ids($"container={container}&field=price")).ShouldBe([b]);
        (await Ids($"tag={tag}")).ShouldBe([a]);
        (await Ids("inferred=true")).ShouldBeEmpty();
        (await Ids("favorite=true")).ShouldBe([b]);
        (await Ids("search=BETW")).ShouldBe([b]);
        (await Ids("template_only=true&id=0")).ShouldBeEmpty();
        (await assay.Admin.Get($"{AllChecks}?archived=never")).Expect(422);
        var listing = (await assay.Admin.Get($"{AllChecks}/listing?datastore={datastore}")).Expect(200).Json.AsArray();
        listing.Select(x => (long)x!["id"]!).ShouldBe([a, b, c]);
    }

    [Fact]
    public async Task Update_ReplacesTheDefinition_AndKeepsWhatIsLeftOut()
    {
        var (_, container) = await assay.SeedOrders();
        var user = await assay.CreateUser();
        var made = await assay.CreateCheck(container, "between", ["price"], Bounds, new()
        {
            ["coverage"] = 0.5,
            ["filter"] = "paid",
            ["tags"] = new JsonArray(People.Unique("tag")),
            ["additional_metadata"] = new JsonObject { ["a"] = 1 },
            ["anomaly_message_field"] = "name",
            ["default_anomaly_assignee_id"] = user.Id,
            ["owner_id"] = user.Id,
        });

        (await assay.Admin.Put($"{AllChecks}/{made.Id}", made.Json)).Expect(200).Json["coverage"]!.GetValue<double>().ShouldBe(0.5, "what a read answered can be sent back");
        var changed = (await assay.Admin.Put($"{AllChecks}/{made.Id}", new JsonObject
        {
            ["description"] = "other",
            ["fields"] = new JsonArray("discount"),
            ["properties"] = JsonNode.Parse(Bounds),
            ["default_anomaly_assignee_id"] = null,
        })).Expect(200).Json;

        ((string?)changed["description"]).ShouldBe("other");
        changed["fields"]!.AsArray().Select(f => (string)f!["name"]!).ShouldBe(["discount"]);
        changed["coverage"].ShouldBeNull();
        changed["filter"].ShouldBeNull();
        changed["default_anomaly_assignee"].ShouldBeNull();
        ((long)changed["owner"]!["id"]!).ShouldBe(user.Id);
        ((string?)changed["anomaly_message_field"]).ShouldBe("name");
        changed["global_tags"]!.AsArray().Count.ShouldBe(1);
        changed["additional_metadata"]!.ToJsonString().ShouldBe("""{"a":1}""");
        var versions = (await assay.Admin.Get($"{AllChecks}/{made.Id}/history")).Expect(200).Json["versions"]!.AsArray();
        versions.Select(v => (string)v!["operation"]!).ShouldBe(["insert", "update"]);
        versions[1]!["changeset"]!["coverage"]!.ToJsonString().ShouldBe("[0.5,null]");
        versions[1]!["changeset"]!["fields"]!.ToJsonString().ShouldBe("""[["price"],["discount"]]""");
        versions[1]!["transaction"]!["user"]!["name"].ShouldNotBeNull();
    }

    [Fact]
    public async Task Create_OfAnEqualCheck_NamesTheOther()
    {
        var (_, container) = await assay.SeedOrders();
        var first = await assay.CreateCheck(container, "between", ["price"], Bounds);

        var again = (await assay.Admin.Post(AllChecks, Check(container, "between", ["price"], """{"min": 5, "inclusive_min": true, "max": 6, "inclusive_max": true}"""))).Expect(409);

        again.Detail!.ShouldContain($"id: {first.Id} ");
        // Partial coverage, another filter, another field or another expression ask something else.
        await assay.CreateCheck(container, "between", ["price"], Bounds, new() { ["coverage"] = 0.5 });
        await assay.CreateCheck(container, "between", ["price"], Bounds, new() { ["filter"] = "paid" });
        await assay.CreateCheck(container, "between", ["discount"], Bounds);
        await assay.CreateCheck(container, "satisfiesExpression", [], """{"expression": "price > 1"}""");
        await assay.CreateCheck(container, "satisfiesExpression", [], """{"expression": "price > 2"}""");
        // An archived check is in nobody's way, until it shall come back.
        (await assay.Admin.Delete($"{AllChecks}/{first.Id}")).Expect(204);
        var second = await assay.CreateCheck(container, "between", ["price"], Bounds);
        (await assay.Admin.Post($"{AllChecks}/{first.Id}/restore")).Expect(409).Detail!.ShouldContain($"id: {second.Id} ");
        (await assay.Admin.Put($"{AllChecks}/{first.Id}", first.ToUpdate())).Expect(409);
    }

    [Fact]
    public async Task Bulk_ArchivesChangesAndDeletes_AllOrNothing()
    {
        var (datastore, container) = await assay.SeedOrders();
        var a = (await assay.CreateCheck(container, "notNull", ["name"])).Id;
        var b = (await assay.CreateCheck(container, "notNull", ["email"])).Id;

        var patched = (await assay.Admin.Patch(AllChecks, new JsonArray(
            new JsonObject { ["id"] = a, ["description"] = "one", ["tags"] = new JsonArray(People.Unique("tag")) },
            new JsonObject { ["id"] = b, ["status"] = "Draft", ["filter"] = "paid" }))).Expect(200).Json.AsArray();
        (await assay.Admin.Patch(AllChecks, new JsonArray(new JsonObject { ["id"] = a, ["description"] = "lost" }, new JsonObject { ["id"] = 999999999 }))).Expect(404);
        (await assay.Admin.Delete(AllChecks, new JsonArray(new JsonObject { ["id"] = a }, new JsonObject { ["id"] = 999999999 }))).Expect(404);

        ((string?)patched[0]!["description"]).ShouldBe("one");
        patched[0]!["global_tags"]!.AsArray().Count.ShouldBe(1);
        ((string?)patched[1]!["status"]).ShouldBe("Draft");
        ((string?)(await assay.Admin.Get($"{AllChecks}/{a}")).Json["description"]).ShouldBe("one");
        (await assay.Admin.Delete(AllChecks, new JsonArray(new JsonObject { ["id"] = a }, new JsonObject { ["id"] = b, ["archive"] = false }))).Expect(204);
        ((string?)(await assay.Admin.Get($"{AllChecks}/{a}")).Expect(200).Json["status"]).ShouldBe("Discarded");
        (await assay.Admin.Get($"{AllChecks}/{b}")).Expect(404).Detail.ShouldBe($"Quality check id: {b} not found");
        (await assay.Admin.Post($"{AllChecks}/{a}/restore", new JsonObject { ["status"] = "Draft" })).Expect(200).Json["deleted_at"].ShouldBeNull();
        (await assay.Admin.Put(AllChecks, new JsonArray(new JsonObject { ["id"] = a, ["status"] = "Invalid" }))).Expect(204);
        ((long)(await assay.Admin.Get($"{AllChecks}?datastore={datastore}")).Json["total"]!).ShouldBe(0);
    }

    [Fact]
    public async Task Draft_MayBeUnfinished_UntilItIsActivated()
    {
        var (_, container) = await assay.SeedOrders();

        var draft = await assay.CreateCheck(container, "between", ["no such field"], null, new() { ["status"] = "Draft" });

        (await assay.Admin.Put($"{AllChecks}/{draft.Id}", draft.ToUpdate())).Expect(200);
        (await assay.Admin.Put($"{AllChecks}/{draft.Id}", draft.ToUpdate().With(new() { ["status"] = "Active" }))).Expect(422).Errors()[0].Loc.ShouldBe("body.fields.0");
    }
}
