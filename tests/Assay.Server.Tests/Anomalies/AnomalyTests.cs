using System.Text.Json.Nodes;
using Assay.Server.Tests.Harness;
using static Assay.Server.Tests.Harness.TestChecks;

namespace Assay.Server.Tests.Anomalies;

/// <summary>What people do with anomalies.</summary>
public sealed class AnomalyTests(AssayServer assay)
{
    private const string All = "/api/anomalies";

    [Fact]
    public async Task Get_ByIdOrUuid_ShowsEveryMemberOfTheContract()
    {
        var (_, container) = await assay.SeedOrders();
        var check = await assay.CreateCheck(container, "notNull", ["name"]);
        var id = await assay.SeedAnomaly(container, check.Id, """{"id":1,"name":null}""");

        var shown = (await assay.Admin.Get($"{All}/{id}")).Expect(200).Json;

        foreach (var member in new[]
        {
            "created", "id", "uuid", "type", "message", "is_new", "archived", "status", "source_enriched", "datastore", "container", "partition", "failed_checks", "weight", "global_tags",
            "anomalous_records_count", "fingerprint", "comments", "description", "assignees", "scan",
        }) shown.AsObject().ContainsKey(member).ShouldBeTrue(member);
        ((string?)shown["fingerprint"]).ShouldBe("42");
        ((long)shown["failed_checks"]![0]!["quality_check"]!["id"]!).ShouldBe(check.Id);
        ((long)shown["failed_checks"]![0]!["quality_check"]!["active_anomaly_count"]!).ShouldBe(1);
        (await assay.Admin.Get($"{All}/{shown["uuid"]}")).Expect(200).Id.ShouldBe(id);
        (await assay.Admin.Get($"{All}/{Guid.NewGuid()}")).Expect(404);
        (await assay.Admin.Get($"{All}/neither")).Expect(422).Errors()[0].Loc.ShouldBe("path.id");
    }

    [Fact]
    public async Task List_WithFilters_NarrowsAndCounts()
    {
        var (datastore, container) = await assay.SeedOrders();
        var name = await assay.CreateCheck(container, "notNull", ["name"]);
        var price = await assay.CreateCheck(container, "notNegative", ["price"]);
        var a = await assay.SeedAnomaly(container, name.Id, "{}");
        var b = await assay.SeedAnomaly(container, price.Id, "{}", "{}");
        var c = await assay.SeedAnomaly(container, price.Id);
        (await assay.Admin.Put($"{All}/{a}", new JsonObject { ["status"] = "Acknowledged", ["tags"] = new JsonArray("seen") })).Expect(200);
        (await assay.Admin.Delete($"{All}/{c}?status=Discarded")).Expect(204);

        async Task<long[]> Ids(string query)
        {
            var page = (await assay.Admin.Get($"{All}?datastore={datastore}&{query}")).Expect(200).Json;
            var ids = page["items"]!.AsArray().Select(x => (long)x!["id"]!).ToArray();
            ((long)page["total"]!).ShouldBe(ids.Length);
            return ids;
        }

        (await Ids("")).ShouldBe([b, a]);
        (await Ids("sort_created=asc")).ShouldBe([a, b]);
        (await Ids("sort_weight=asc")).ShouldBe([a, b]);
        (await Ids("sort_anomalous_records_count=desc")).ShouldBe([b, a]);
        (await Ids("archived=only")).ShouldBe([c]);
        (await Ids("status=Discarded&status=Active&archived=include&sort_created=asc")).ShouldBe([b, c]);
        (await Ids("status=Acknowledged")).ShouldBe([a]);
        (await Ids($"quality_check={name.Id}")).ShouldBe([a]);
        (await Ids("rule_type=notNegative")).ShouldBe([b]);
        (await Ids("field=name")).ShouldBe([a]);
        (await Ids($"container={container}&anomaly_type=record")).ShouldBe([b, a]);
        (await Ids("anomaly_type=shape")).ShouldBeEmpty();
        (await Ids("tag=seen")).ShouldBe([a]);
        (await Ids("source_enriched=true")).ShouldBeEmpty();
        (await Ids("timeframe=1&start_date=2020-01-01")).ShouldBe([b, a]);
        (await Ids("end_date=2020-01-01")).ShouldBeEmpty();
        (await assay.Admin.Get($"{All}?status=Lost")).Expect(422);
    }

    [Fact]
    public async Task Update_ArchiveRestoreDelete_AreCountedAndWrittenDown()
    {
        var (datastore, container) = await assay.SeedOrders();
        var check = await assay.CreateCheck(container, "notNull", ["name"]);
        var (a, b) = (await assay.SeedAnomaly(container, check.Id), await assay.SeedAnomaly(container, check.Id));
        var user = await assay.CreateUser();
        async Task<(long, long)> Open() => (
            (long)(await assay.Admin.Get($"/api/datastores/{datastore}")).Json["metrics"]!["active_anomalies"]!,
            (long)(await assay.Admin.Get($"/api/containers/{container}")).Json["metrics"]!["active_anomalies"]!);

        var updated = (await assay.Admin.Put($"{All}/{a}", new JsonObject { ["status"] = "Acknowledged", ["description"] = "known", ["assignee_ids"] = new JsonArray(user.Id) })).Expect(200).Json;
        (await Open()).ShouldBe((2, 2));
        (await assay.Admin.Delete(All, new JsonArray(new JsonObject { ["id"] = a, ["archive"] = true, ["status"] = "Invalid" }, new JsonObject { ["id"] = 999999999 }))).Expect(404);
        (await assay.Admin.Delete(All, new JsonArray(new JsonObject { ["id"] = a, ["archive"] = true, ["status"] = "Invalid" }, new JsonObject { ["id"] = b, ["archive"] = false }))).Expect(204);
        (await Open()).ShouldBe((0, 0));

        ((long)updated["assignees"]![0]!["id"]!).ShouldBe(user.Id);
        ((string?)updated["description"]).ShouldBe("known");
        ((bool)updated["is_new"]!).ShouldBeFalse();
        (await assay.Admin.Get($"{All}/{b}")).Expect(404);
        var archived = (await assay.Admin.Get($"{All}/{a}")).Expect(200).Json;
        ((string?)archived["status"]).ShouldBe("Invalid");
        ((bool)archived["archived"]!).ShouldBeTrue();
        (await assay.Admin.Put($"{All}/{a}", new JsonObject { ["description"] = "too late" })).Expect(409);
        (await assay.Admin.Put($"{All}/{a}", new JsonObject { ["status"] = "Resolved" })).Expect(422);
        (await assay.Admin.Put($"{All}/{a}", new JsonObject { ["assignee_ids"] = new JsonArray(999999999) })).Expect(422).Errors()[0].Loc.ShouldBe("body.assignee_ids.0");
        (await assay.Admin.Patch(All, new JsonArray(new JsonObject { ["id"] = a, ["status"] = "Active", ["assignee_ids"] = new JsonArray() }))).Expect(200).Json[0]!["archived"]!.GetValue<bool>().ShouldBeFalse();
        (await Open()).ShouldBe((1, 1));
        var changes = (await assay.Admin.Get($"{All}/{a}/history")).Expect(200).Json["versions"]!.AsArray();
        changes.Select(v => v!["changeset"]!["status"]?.ToJsonString()).ShouldBe(["[\"Active\",\"Acknowledged\"]", "[\"Acknowledged\",\"Invalid\"]", "[\"Invalid\",\"Active\"]"]);
    }

    [Fact]
    public async Task SourceRecords_AreShownAsJsonAndCsv_MaskedFieldsHidden()
    {
        var (_, container) = await assay.SeedOrders();
        var check = await assay.CreateCheck(container, "notNull", ["price"]);
        var id = await assay.SeedAnomaly(container, check.Id, """{"name":"=1+1","email":"a@b.c","price":12345678901234567890.5}""", """{"name":"a,\"b","email":null,"price":null}""");
        var email = (await assay.Admin.Get($"/api/fields?container={container}&name=email")).Json["items"]![0]!["id"]!;

        var shown = (await assay.Admin.Get($"{All}/{id}/source-record")).Expect(200).Json;
        (await assay.Admin.Put($"/api/fields/{email}", new JsonObject { ["status"] = "masked" })).Expect(200);
        var masked = (await assay.Admin.Get($"{All}/{id}/source-record?limit=1")).Expect(200).Json;
        var revealed = (await assay.Admin.Get($"{All}/{id}/source-record?include_masked=true")).Expect(200).Json;
        var csv = await assay.Admin.Http.GetStringAsync($"{All}/{id}/source-record/csv");

        ((string?)shown["source_record"]).ShouldBe("""[{"name":"=1+1","email":"a@b.c","price":12345678901234567890.5},{"name":"a,\"b","email":null,"price":null}]""");
        ((string?)masked["source_record"]).ShouldBe("""[{"name":"=1+1","email":"***MASKED***","price":12345678901234567890.5}]""");
        ((string?)revealed["source_record"]).ShouldBe((string?)shown["source_record"]);
        csv.ShouldBe("name,email,price\r\n'=1+1,***MASKED***,12345678901234567890.5\r\n\"a,\"\"b\",***MASKED***,\r\n");
        (await assay.Admin.Get($"{All}/{id}/history")).Json["versions"]![0]!["changeset"]!["revealed_fields"].ShouldNotBeNull("who reveals is written down");
    }

    [Fact]
    public async Task Comments_BelongToTheirAuthors()
    {
        var (_, container) = await assay.SeedOrders();
        var id = await assay.SeedAnomaly(container, (await assay.CreateCheck(container, "notNull", ["price"])).Id);
        var user = await assay.CreateUser();

        var comment = (await user.Api.Post("/api/comments", new JsonObject { ["anomaly_id"] = id, ["message"] = "seen" })).Expect(200);

        ((long)comment.Json["user"]!["id"]!).ShouldBe(user.Id);
        (await assay.Admin.Get($"{All}/{id}")).Json["comments"]![0]!["message"]!.GetValue<string>().ShouldBe("seen");
        (await user.Api.Put($"/api/comments/{comment.Id}", new JsonObject { ["message"] = "gone" })).Expect(200).Json["message"]!.GetValue<string>().ShouldBe("gone");
        (await (await assay.CreateUser()).Api.Delete($"/api/comments/{comment.Id}")).Expect(403);
        (await assay.Admin.Get($"/api/comments?anomaly_id={id}")).Expect(200).Json["total"]!.GetValue<long>().ShouldBe(1);
        (await assay.Admin.Post("/api/comments", new JsonObject { ["anomaly_id"] = id, ["message"] = "" })).Expect(422);
        (await user.Api.Delete($"/api/comments/{comment.Id}")).Expect(204);
        (await user.Api.Get($"/api/comments/{comment.Id}")).Expect(404);
    }

    [Fact]
    public async Task RemovingACheck_TakesItsAnomaliesAlong_UnlessAskedNotTo()
    {
        var (_, container) = await assay.SeedOrders();
        var (one, two) = (await assay.CreateCheck(container, "notNull", ["price"]), await assay.CreateCheck(container, "notNull", ["name"]));
        var (a, b) = (await assay.SeedAnomaly(container, one.Id), await assay.SeedAnomaly(container, two.Id));

        (await assay.Admin.Delete($"{AllChecks}/{one.Id}")).Expect(204);
        (await assay.Admin.Delete($"{AllChecks}/{two.Id}?delete_anomalies=false")).Expect(204);

        (await assay.Admin.Get($"{All}/{a}")).Expect(404);
        (await assay.Admin.Get($"{All}/{b}")).Expect(200);
    }
}
