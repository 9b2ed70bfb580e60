using System.Text.Json.Nodes;
using Assay.Server.Tests.Harness;
using static Assay.Server.Tests.Harness.TestChecks;

namespace Assay.Server.Tests.Anomalies;

/// <summary>What cannot be meant is refused with the member named, and changes nothing.</summary>
public sealed class AnomalyInputTests(AssayServer assay)
{
    private const string All = "/api/anomalies";

    public static TheoryData<string, string, string?, int, string?> Refused => new()
    {
        { "PUT", "/ID", """{"status": "Resolved"}""", 422, "body.status" },
        { "PUT", "/ID", """{"status": null}""", 422, "body.status" },
        { "PUT", "/ID", """{"assignee_ids": [999999999]}""", 422, "body.assignee_ids.0" },
        { "PUT", "/ID", """{"tags": null}""", 422, "body.tags" },
        { "PUT", "/999999999", """{"status": "Active"}""", 404, null },
        { "PATCH", "", """[{"id": ID, "status": "Gone"}]""", 422, "body.0.status" },
        { "PATCH", "", """[{"status": "Active"}]""", 422, "body.0.id" },
        { "PATCH", "", """{"id": ID}""", 422, "body" },
        { "PATCH", "", """[{"id": ID, "status": "Acknowledged"}, {"id": 999999999, "status": "Acknowledged"}]""", 404, null },
        { "DELETE", "/ID?status=Active", null, 422, "query.status" },
        { "DELETE", "/ID?archive=perhaps", null, 422, "query.archive" },
        { "DELETE", "", """[{"id": ID, "status": "Acknowledged"}]""", 422, "body.0.status" },
        { "DELETE", "", """[{"id": ID}, {"id": 999999999}]""", 404, null },
        { "GET", "?status=Open", null, 422, "query.status.0" },
        { "GET", "?partition_scan=x", null, 422, "query.partition_scan.0" },
        { "GET", "?timeframe=0", null, 422, "query.timeframe" },
        { "GET", "/ID/source-record?limit=0", null, 422, "query.limit" },
    };

    [Theory, MemberData(nameof(Refused))]
    public async Task Request_ThatCannotBeMeant_NamesTheMember(string method, string path, string? body, int status, string? loc)
    {
        var (_, container) = await assay.SeedOrders();
        var id = await assay.SeedAnomaly(container, (await assay.CreateCheck(container, "notNull", ["name"])).Id, "{}");
        string With(string text) => text.Replace("ID", $"{id}", StringComparison.Ordinal);

        var refused = (await assay.Admin.Send(new HttpMethod(method), All + With(path), body is null ? null : JsonNode.Parse(With(body)))).Expect(status);

        if (loc is not null) refused.Errors().Select(e => e.Loc).ShouldContain(loc, refused.Text);
        ((string)(await assay.Admin.Get($"{All}/{id}")).Expect(200).Json["status"]!).ShouldBe("Active");
    }

    [Fact]
    public async Task Comment_WithoutWords_OrOnNothing_IsRefused()
    {
        var (_, container) = await assay.SeedOrders();
        var id = await assay.SeedAnomaly(container, (await assay.CreateCheck(container, "notNull", ["name"])).Id, "{}");

        (await assay.Admin.Post("/api/comments", new JsonObject { ["anomaly_id"] = id, ["message"] = "" })).Expect(422).Errors()[0].Loc.ShouldBe("body.message");
        (await assay.Admin.Post("/api/comments", new JsonObject { ["anomaly_id"] = 999999999, ["message"] = "x" })).Expect(404);
        (await assay.Admin.Put("/api/comments/999999999", new JsonObject { ["message"] = "x" })).Expect(404);
    }
}
