using System.Text.Json.Nodes;
using Assay.Server.Tests.Harness;

namespace Assay.Server.Tests.Profiles;

public sealed class FieldProfileListTests(AssayServer assay)
{
    [Fact]
    public async Task FieldProfiles_AreSortedByChecksAnomaliesAndScore_AndCountThem()
    {
        var (datastore, _) = await assay.SyncedPostgres("CREATE TABLE t AS SELECT g AS a, -g AS b, 'x' AS c FROM generate_series(1, 40) g");
        var container = await assay.ContainerId(datastore, "t");
        await assay.ProfileWell(datastore, new() { ["ai_effort"] = "off" });
        await assay.CreateCheck(container, "notNull", ["a"]);
        await assay.CreateCheck(container, "notNegative", ["a"]);
        await assay.CreateCheck(container, "notNegative", ["b"], null, new() { ["coverage"] = 0.9 });
        await assay.CreateCheck(container, "notNull", ["c"], null, new() { ["status"] = "Draft" });
        await assay.Scan(datastore);

        var list = (await assay.Admin.Get($"/api/field-profiles?container={container}&sort_active_checks=desc")).Expect(200).Json["items"]!.AsArray();
        list.Select(p => ((string)p!["name"]!, (long)p["quality_check_count"]!, (long)p["anomaly_count"]!)).ShouldBe([("a", 2, 0), ("b", 1, 1), ("c", 0, 0)]);
        (await Names(container, "sort_active_checks=asc")).ShouldBe(["c", "b", "a"]);
        (await Names(container, "sort_active_anomalies=desc"))[0].ShouldBe("b");
        (await Names(container, "sort_active_anomalies=asc&sort_name=desc"))[^1].ShouldBe("a");
        (await Names(container, "sort_quality_score=desc")).Length.ShouldBe(3);
        (await assay.Admin.Get($"/api/field-profiles?container={container}&sort_quality_score=up")).Expect(422).Errors().ShouldContain(e => e.Loc == "query.sort_quality_score");
    }

    [Fact]
    public async Task Observability_ShowsVolumeAndFreshnessOfTrackedContainers()
    {
        var (datastore, _) = await assay.SyncedPostgres("""
            CREATE TABLE tracked AS SELECT g AS id, timestamp '2024-05-01' + g * interval '1 hour' AS updated_at FROM generate_series(1, 40) g;
            CREATE TABLE untracked (id int);
            """);
        var (tracked, untracked) = (await assay.ContainerId(datastore, "tracked"), await assay.ContainerId(datastore, "untracked"));
        (await assay.Admin.Patch("/api/containers", new JsonArray(
            new JsonObject { ["id"] = tracked, ["freshness_tracking_enabled"] = true },
            new JsonObject { ["id"] = untracked, ["volumetric_tracking_enabled"] = false }))).Expect(200);
        await assay.ProfileWell(datastore);
        await assay.CreateCheck(tracked, "freshness", [], """{"value": 3600000}""");

        var page = (await assay.Admin.Get($"/api/observability?datastore={datastore}&timeframe=month&sort_observability_active_checks=desc&sort_last_scanned=asc&sort_favorite=desc")).Expect(200).Json;

        ((long)page["total"]!).ShouldBe(1);
        var shown = page["items"]![0]!;
        ((string)shown["name"]!, (long)shown["observability_active_checks"]!).ShouldBe(("tracked", 1));
        ((long?)shown["latest_observability_measurement"]!["row_count"]).ShouldBe(40);
        var day = shown["daily_measurements"]!.AsArray().Single()!;
        ((long?)day["row_count"], (string?)day["last_modification_time"]).ShouldBe((40, "2024-05-02T16:00:00.000000Z"));
        (await assay.Admin.Get($"/api/observability?datastore={datastore}&report_date=2020-01-01")).Expect(200).Json["items"]![0]!["daily_measurements"]!.AsArray().ShouldBeEmpty();
        ((long)(await assay.Admin.Get($"/api/observability?datastore={datastore}&search=RACK&name=other")).Expect(200).Json["total"]!).ShouldBe(0);
        (await assay.Admin.Get("/api/observability?timeframe=decade")).Expect(422).Errors().ShouldContain(e => e.Loc == "query.timeframe");
    }

    private async Task<string[]> Names(long container, string order) =>
        [.. (await assay.Admin.Get($"/api/field-profiles?container={container}&{order}")).Expect(200).Json["items"]!.AsArray().Select(p => (string)p!["name"]!)];
}
