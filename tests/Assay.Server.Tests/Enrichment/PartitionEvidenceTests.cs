using System.Text.Json.Nodes;
using Assay.Server.Tests.Exports;
using Assay.Server.Tests.Harness;

namespace Assay.Server.Tests.Enrichment;

/// <summary>Evidence of containers of several files: a row for each of them where that can be told.</summary>
public sealed class PartitionEvidenceTests(AssayServer assay)
{
    [Fact]
    public async Task Metrics_AndScans_HaveARowForEachPartition_ThatAddUp()
    {
        var store = await assay.PostgresStore();
        var (datastore, prefix, checks) = await Sales(store.Id);
        var (negative, paid, whole) = checks;

        var operation = (long)(await assay.ScanAndDeliver(datastore))["id"]!;

        (await store.Query($"SELECT quality_check_id, source_partition, assertion_result, asserted_records_count, anomalous_records_count, assertion_details IS NOT NULL, _qualytics_source_partition IS NOT DISTINCT FROM source_partition FROM {prefix}_check_metrics ORDER BY 1, 2 NULLS LAST")).ShouldBe(
        [
            $"{negative}|sales_1.csv|failed|3|1|t|t", $"{negative}|sales_2.csv|passed|2|0|f|t", $"{negative}|sales_3.csv|failed|1|1|t|t",
            $"{paid}|sales_1.csv|passed|2|0|f|t", $"{paid}|sales_2.csv|passed|0|0|f|t", $"{paid}|sales_3.csv|passed|0|0|f|t",
            $"{whole}|NULL|failed|6|NULL|t|t",
        ]);
        (await store.Query($"SELECT assertion_details FROM {prefix}_check_metrics WHERE source_partition = 'sales_1.csv' AND assertion_result = 'failed'")).Single().ShouldContain("of 3 filtered records (1)");
        (await store.Query($"SELECT partition_name, records_processed, anomaly_count, result FROM {prefix}_scan_operations ORDER BY 1 NULLS LAST")).ShouldBe(
            ["sales_1.csv|3|1|success", "sales_2.csv|2|0|success", "sales_3.csv|1|1|success", "NULL|0|1|success"]);
        (await store.Query($"SELECT source_partition, COUNT(*) FROM {prefix}_failed_checks WHERE operation_id = {operation} GROUP BY 1 ORDER BY 1 NULLS LAST")).ShouldBe(
            ["sales_1.csv|1", "sales_3.csv|1", "NULL|1"]);
        var shown = (await assay.Admin.Get($"/api/operations/{operation}")).Expect(200).Json["container_scans"]![0]!;
        (await store.Query($"SELECT SUM(records_processed), SUM(anomaly_count) FROM {prefix}_scan_operations")).ShouldBe([$"{shown["records_processed"]}|{shown["anomaly_count"]}"]);

        await assay.ScanAndDeliver(datastore, new() { ["partition_names"] = new JsonArray("sales_2.csv") });

        (await store.Query($"SELECT partition_name, records_processed FROM {prefix}_scan_operations WHERE operation_id > {operation} ORDER BY 1 NULLS LAST")).ShouldContain("sales_2.csv|2");
        (await store.Query($"SELECT COUNT(*) FROM {prefix}_check_metrics WHERE operation_id > {operation} AND quality_check_id <> {whole}")).ShouldBe(["2"]);
    }

    [Fact]
    public async Task OneFile_HasOneRow_WithItsShapeAnomalies()
    {
        var store = await assay.PostgresStore();
        var datastore = await assay.RegisterFiles(folder => File.WriteAllText(Path.Combine(folder, "one.csv"), "id,price\n1,5\n2,-5\n"));
        await assay.SyncWell(datastore);
        var container = await assay.ContainerId(datastore, "one.csv");
        await assay.CreateCheck(container, "notNegative", ["price"]);
        await assay.CreateCheck(container, "sum", ["price"], """{"value": 1000}""");
        var prefix = await assay.LinkedTo(datastore, store.Id);

        await assay.ScanAndDeliver(datastore);

        (await store.Query($"SELECT partition_name, records_processed, anomaly_count FROM {prefix}_scan_operations")).ShouldBe(["one.csv|2|2"]);
        (await store.Query($"SELECT source_partition, assertion_result, asserted_records_count FROM {prefix}_check_metrics")).ShouldBe(["one.csv|failed|2", "one.csv|failed|2"]);
    }

    [Fact]
    public async Task Metrics_OfMaskedFields_SayNothingOfThem_ByPartitionEither()
    {
        var store = await assay.PostgresStore();
        var (datastore, prefix, _) = await Sales(store.Id);
        var container = await assay.ContainerId(datastore, "sales_*.csv");
        var field = (await assay.Admin.Get($"/api/containers/{container}/fields")).Expect(200).Json["items"]!.AsArray().Single(f => (string)f!["name"]! == "price")!["id"];
        (await assay.Admin.Put($"/api/fields/{field}", new JsonObject { ["status"] = "masked" })).Expect(200);

        await assay.ScanAndDeliver(datastore);

        (await store.Query($"SELECT COUNT(*) FROM {prefix}_check_metrics WHERE assertion_details LIKE '%filtered records%'")).ShouldBe(["0"]);
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("local")]
    public async Task OtherStores_HaveTheSameRows(string type)
    {
        var (store, _) = await assay.Target(type);
        var (datastore, prefix, checks) = await Sales(store);

        await assay.ScanAndDeliver(datastore);

        (await assay.Written(store, $"{prefix}_check_metrics")).Count.ShouldBe(7);
        (await assay.Written(store, $"{prefix}_check_metrics", $"quality_check_id = {checks.Negative} AND assertion_result = 'failed'"))
            .Select(r => ((string)r!["source_partition"]!, (long)r["asserted_records_count"]!)).Order().ShouldBe([("sales_1.csv", 3), ("sales_3.csv", 1)]);
        (await assay.Written(store, $"{prefix}_scan_operations")).Select(r => ((string?)r!["partition_name"], (long)r["anomaly_count"]!)).Order()
            .ShouldBe([(null, 1), ("sales_1.csv", 1), ("sales_2.csv", 0), ("sales_3.csv", 1)]);
    }

    private async Task<(long Datastore, string Prefix, (long Negative, long Paid, long Whole) Checks)> Sales(long store)
    {
        var datastore = await assay.RegisterFiles(folder =>
        {
            File.WriteAllText(Path.Combine(folder, "sales_1.csv"), "id,price,state\n1,5,paid\n2,-5,open\n3,5,paid\n");
            File.WriteAllText(Path.Combine(folder, "sales_2.csv"), "id,price,state\n4,5,open\n5,5,open\n");
            File.WriteAllText(Path.Combine(folder, "sales_3.csv"), "id,price,state\n6,-1,open\n");
        });
        await assay.SyncWell(datastore);
        var container = await assay.ContainerId(datastore, "sales_*.csv");
        var negative = (await assay.CreateCheck(container, "notNegative", ["price"])).Id;
        var paid = (await assay.CreateCheck(container, "notNull", ["price"], null, new() { ["filter"] = "state = 'paid'" })).Id;
        var whole = (await assay.CreateCheck(container, "sum", ["price"], """{"value": 1000}""")).Id;
        return (datastore, await assay.LinkedTo(datastore, store), (negative, paid, whole));
    }
}
