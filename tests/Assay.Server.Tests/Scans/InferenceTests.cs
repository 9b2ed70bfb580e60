using System.Text.Json.Nodes;
using Assay.Server.Tests.Harness;
using static Assay.Server.Tests.Harness.Syncing;
using static Assay.Server.Tests.Harness.TestChecks;

namespace Assay.Server.Tests.Scans;

/// <summary>Checks that profiles infer: found, kept up to date, left to people once they touch them, and quiet on clean rows.</summary>
public sealed class InferenceTests(AssayServer assay)
{
    private const string Sales = """
        CREATE TABLE sales (id int PRIMARY KEY, amount numeric(10,2) NOT NULL, status text, note text);
        INSERT INTO sales SELECT i, 5 + (i * 37) % 400 / 4.0, CASE WHEN i % 3 = 0 THEN 'open' ELSE 'paid' END, CASE WHEN i % 5 = 0 THEN NULL ELSE 'n' || i END FROM generate_series(1, 600) i;
        """;

    [Fact]
    public async Task Profile_InfersChecks_ThatCleanRowsKeepAndBrokenOnesDoNot()
    {
        var (datastore, database) = await assay.Synced(Sales);

        var profile = await assay.Profile(datastore, new() { ["ai_effort"] = "medium" });
        await assay.Scan(datastore);

        ((string)profile["result"]!).ShouldBe("success", profile.ToJsonString());
        var checks = await Checks(datastore);
        checks.ShouldNotBeEmpty();
        ((long)profile["status"]!["checks_synchronized"]!).ShouldBe(checks.Length);
        ((long)profile["status"]!["checks_added"]!).ShouldBe(checks.Length);
        checks.ShouldAllBe(c => (bool)c["inferred"]! && (string)c["status"]! == "Active");
        checks.Select(c => (string)c["rule_type"]!).ShouldContain("expectedValues");
        checks.ShouldAllBe(c => (long)c["latest_container_profile"]!["records_processed"]! == 600 && (long)c["latest_container_profile"]!["operation_id"]! == (long)profile["id"]!);
        (await assay.Anomalies(datastore)).ShouldBeEmpty();
        await RunSql(database, "UPDATE sales SET status = 'piad' WHERE id = 7");
        await assay.Scan(datastore);
        (await assay.Anomalies(datastore)).Single()["failed_checks"]!.AsArray().Select(f => (string)f!["quality_check"]!["rule_type"]!).ShouldContain("expectedValues");
    }

    [Fact]
    public async Task Reprofile_UpdatesInPlace_LeavesPeoplesChecks_AndArchivesAboveTheLevel()
    {
        var (datastore, database) = await assay.Synced(Sales);
        await assay.Profile(datastore, new() { ["ai_effort"] = "medium", ["infer_as_draft"] = true });
        var first = await Checks(datastore);
        first.ShouldAllBe(c => (string)c["status"]! == "Draft");

        var again = await assay.Profile(datastore, new() { ["ai_effort"] = "medium" });
        ((long)again["status"]!["checks_added"]!, (long)again["status"]!["checks_updated"]!).ShouldBe((0, 0));
        (await Checks(datastore)).Select(c => (long)c["id"]!).ShouldBe(first.Select(c => (long)c["id"]!));

        var mine = first.First(c => (string)c["rule_type"]! == "expectedValues");
        var edited = (await assay.Admin.Put($"{AllChecks}/{mine["id"]}", (await assay.Admin.Get($"{AllChecks}/{mine["id"]}")).ToUpdate().With(new() { ["filter"] = "id > 0" }))).Expect(200).Json;
        ((bool)edited["inferred"]!).ShouldBeFalse();
        var gone = first.First(c => (string)c["rule_type"]! == "notNull");
        (await assay.Admin.Delete($"{AllChecks}/{gone["id"]}")).Expect(204);
        await RunSql(database, "INSERT INTO sales SELECT i, 500, 'paid', 'x' FROM generate_series(1001, 1300) i");
        await assay.Profile(datastore, new() { ["ai_effort"] = "low" });

        var after = await Checks(datastore);
        after.Single(c => (long)c["id"]! == (long)mine["id"]!)["filter"]!.GetValue<string>().ShouldBe("id > 0");
        after.ShouldNotContain(c => (long)c["id"]! == (long)gone["id"]!, "what a person archived does not come back");
        after.ShouldNotContain(c => (bool)c["inferred"]! && (string)c["rule_type"]! == "between", "what is above the level goes");
    }

    private async Task<JsonNode[]> Checks(long datastore) =>
        [.. (await assay.Admin.Get($"{AllChecks}?datastore={datastore}&sort_created=asc&size=100")).Expect(200).Json["items"]!.AsArray().OfType<JsonNode>()];
}
