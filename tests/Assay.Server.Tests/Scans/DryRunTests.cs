using System.Text.Json.Nodes;
using Assay.Server.Tests.Harness;
using static Assay.Server.Tests.Harness.TestChecks;

namespace Assay.Server.Tests.Scans;

/// <summary>Checks tried on real rows, without a trace.</summary>
public sealed class DryRunTests(AssayServer assay)
{
    [Fact]
    public async Task DryRun_OfACheck_SaysWhatAScanWouldFind_AndStoresNothing()
    {
        var (datastore, _) = await assay.Synced("CREATE TABLE t (id int, price numeric(12,2), secret text); INSERT INTO t SELECT i, i - 3, 's' || i FROM generate_series(1, 20) i;");
        var t = await assay.ContainerId(datastore, "t");
        var draft = await assay.CreateCheck(t, "notNegative", ["price"], null, new() { ["status"] = "Draft" });
        var secret = (await assay.Admin.Get($"/api/fields?container={t}&name=secret")).Json["items"]![0]!["id"]!;
        (await assay.Admin.Put($"/api/fields/{secret}", new JsonObject { ["status"] = "masked" })).Expect(200);

        var tried = (await assay.Admin.Post($"{AllChecks}/{draft.Id}/dry-run")).Expect(200).Json;
        var sampled = (await assay.Admin.Post($"{AllChecks}/{draft.Id}/dry-run", new JsonObject { ["max_records_analyzed_per_partition"] = 5 })).Expect(200).Json;
        var fine = (await assay.Admin.Post($"{AllChecks}/dry-run", new JsonObject { ["quality_check"] = Check(t, "notNull", ["id"]) })).Expect(200).Json;
        var variable = (await assay.Admin.Post($"{AllChecks}/dry-run", new JsonObject
        {
            ["quality_check"] = Check(t, "satisfiesExpression", [], """{"expression": "id < {{ most }}"}"""),
            ["check_variables"] = new JsonObject { ["most"] = "20" },
        })).Expect(200).Json;

        ((string)tried["status"]!, (long)tried["records_analyzed"]!, (long)tried["asserted_records"]!, (long)tried["anomalous_records"]!).ShouldBe(("failed", 20, 20, 2));
        JsonNode.Parse((string)tried["source_records"]!)!.AsArray().Select(r => (int)r!["id"]!).Order().ShouldBe([1, 2]);
        ((string)tried["source_records"]!).ShouldNotContain("\"s1\"");
        ((long)sampled["records_analyzed"]!).ShouldBe(5);
        ((string)fine["status"]!).ShouldBe("passed");
        fine["message"].ShouldBeNull();
        ((long)variable["anomalous_records"]!).ShouldBe(1);
        (await assay.Anomalies(datastore, "&archived=include")).ShouldBeEmpty();
        (await assay.Admin.Get($"{AllChecks}/{draft.Id}")).Json["last_asserted"].ShouldBeNull();
        (await assay.Admin.Post($"{AllChecks}/dry-run", new JsonObject { ["quality_check"] = Check(t, "notNull", ["nowhere"]) })).Expect(422).Errors()[0].Loc.ShouldBe("body.quality_check.fields.0");
        (await assay.Admin.Post($"{AllChecks}/{draft.Id}/dry-run", new JsonObject { ["max_records_analyzed_per_partition"] = 1000001 })).Expect(422);
    }
}
