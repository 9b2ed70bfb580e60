using Assay.Server.Tests.Harness;
using static Assay.Server.Tests.Harness.Syncing;
using static Assay.Server.Tests.Harness.TestChecks;

namespace Assay.Server.Tests.Checks;

/// <summary>What scans found out about checks, over time.</summary>
public sealed class CheckResultTests(AssayServer assay)
{
    [Fact]
    public async Task Results_AndMeasurements_AreThoseOfEveryScan()
    {
        var (datastore, database) = await assay.Synced("CREATE TABLE figures (id int PRIMARY KEY, total int); INSERT INTO figures VALUES (1, 100)");
        var container = await assay.ContainerId(datastore, "figures");
        var metric = await assay.CreateCheck(container, "metric", ["total"], """{"comparison": "Percentage Change", "min": -10, "max": 10}""");
        var missing = await assay.CreateCheck(container, "notNull", ["total"]);
        await assay.Scan(datastore);
        await RunSql(database, "UPDATE figures SET total = 111");
        await assay.Scan(datastore);
        await RunSql(database, "UPDATE figures SET total = NULL");
        await assay.Scan(datastore);

        var results = (await assay.Admin.Get($"{AllChecks}/{missing.Id}/results")).Expect(200).Json;
        var measured = (await assay.Admin.Get($"{AllChecks}/measurements?datastore={datastore}")).Expect(200).Json;
        var observed = (await assay.Admin.Get($"{AllChecks}/observability?datastore={datastore}&sort_created=asc")).Expect(200).Json;

        results["items"]!.AsArray().Select(r => ((string)r!["assertion_result"]!, (long)r["asserted_records"]!, (long)r["anomalous_records"]!)).ShouldBe([("failed", 1, 1), ("passed", 1, 0), ("passed", 1, 0)]);
        (await assay.Admin.Get($"{AllChecks}/{missing.Id}/results?assertion_result=passed&sort_created=asc&size=1")).Expect(200).Json["total"]!.GetValue<long>().ShouldBe(2);
        (await assay.Admin.Get($"{AllChecks}/{missing.Id}/results?assertion_result=maybe")).Expect(422);
        var only = measured["items"]!.AsArray().ShouldHaveSingleItem()!;
        ((long)only["id"]!, (string)only["rule_type"]!).ShouldBe((metric.Id, "metric"));
        only["measurements"]!.AsArray().Select(m => (double)m!["value"]!).ShouldBe([100, 111]);
        observed["items"]!.AsArray().Select(c => c!["anomalies"]!.AsArray().Count).ShouldBe([1, 1], observed.ToJsonString());
        ((string)observed["items"]![0]!["anomalies"]![0]!["status"]!).ShouldBe("Active");
        (await assay.Admin.Get($"{AllChecks}/999999999/results")).Expect(404);
    }
}
