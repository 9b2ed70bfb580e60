using System.Text.Json.Nodes;
using Assay.Server.Operations;
using Assay.Server.Store;
using Assay.Server.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static Assay.Server.Tests.Harness.Syncing;

namespace Assay.Server.Tests.Scans;

/// <summary>What scans come to partition by partition: of groups of files, and of partitioned tables.</summary>
public sealed class PartitionScanTests(AssayServer assay)
{
    private const string Days = """
        CREATE TABLE days (id int, price int, day date) PARTITION BY RANGE (day);
        CREATE TABLE days_2023 PARTITION OF days FOR VALUES FROM ('2023-01-01') TO ('2024-01-01');
        CREATE TABLE days_2024 PARTITION OF days FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
        INSERT INTO days SELECT i, CASE WHEN i = 7 THEN -1 ELSE 1 END, date '2023-12-25' + i FROM generate_series(1, 20) i;
        """;

    private static readonly string[] Files = ["orders_2026-01.csv", "orders_2026-02.csv", "orders_2026-03.csv"];

    [Fact]
    public async Task FileGroup_IsCountedByFile_WithItsAnomalies()
    {
        var (datastore, container) = await Orders();

        var operation = await assay.Scan(datastore);

        ((long)operation["status"]!["partitions_scanned"]!, (long)operation["status"]!["records_processed"]!).ShouldBe((3, 6));
        var parts = await Parts(operation);
        parts.Select(p => ((string)p["partition"]!["name"]!, (long)p["records_processed"]!, (long)p["anomaly_count"]!, (string)p["result"]!)).ShouldBe(
            [(Files[0], 3, 1, "success"), (Files[1], 2, 0, "success"), (Files[2], 1, 1, "success")]);
        parts.ShouldAllBe(p => p["partition"]!["id"] != null && p["partition"]!["location"] != null);
        (await assay.Anomalies(datastore, $"&partition_scan={parts[2]["id"]}")).Single()["partition"]!["name"]!.GetValue<string>().ShouldBe(Files[2]);
        (await assay.Anomalies(datastore, $"&partition_scan={parts[1]["id"]}")).ShouldBeEmpty();
        (await Partition(container, Files[0]))["num_active"]!.GetValue<long>().ShouldBe(1);
    }

    [Fact]
    public async Task PartitionsAskedFor_AreReadAlone_AndResolveNothing()
    {
        var (datastore, _) = await Orders();
        await assay.Scan(datastore);

        var operation = await assay.Scan(datastore, new() { ["partition_names"] = new JsonArray(Files[0], Files[1]) });

        operation["partition_names"]!.AsArray().Select(n => (string)n!).ShouldBe([Files[0], Files[1]]);
        (await Parts(operation)).Select(p => (string)p["partition"]!["name"]!).ShouldBe([Files[0], Files[1]]);
        ((long)operation["status"]!["records_processed"]!).ShouldBe(5);
        (await assay.Anomalies(datastore)).Length.ShouldBe(2, "the third file was not looked at");
        var limited = await assay.Scan(datastore, new() { ["max_records_analyzed_per_partition"] = 1 });
        (await Parts(limited)).Select(p => (long)p["records_processed"]!).ShouldBe([1, 1, 1]);
        (await assay.Admin.Post("/api/operations/run", new JsonObject { ["type"] = "scan", ["datastore_id"] = datastore, ["partition_names"] = new JsonArray("nowhere") }))
            .Expect(422).Errors()[0].Loc.ShouldBe("body.partition_names.0");
    }

    [Fact]
    public async Task PartitionedTable_IsCountedByPartition_NewOnesToo()
    {
        var (datastore, database) = await assay.Synced(Days);
        var days = await assay.ContainerId(datastore, "days");
        await assay.CreateCheck(days, "notNegative", ["price"]);
        await RunSql(database, "CREATE TABLE days_2025 PARTITION OF days FOR VALUES FROM ('2025-01-01') TO ('2026-01-01'); INSERT INTO days VALUES (99, 1, '2025-05-05')");

        var operation = await assay.Scan(datastore, new() { ["container_names"] = new JsonArray("days") });

        (await Parts(operation)).Select(p => ((string)p["partition"]!["name"]!, (long)p["records_processed"]!, (long)p["anomaly_count"]!)).ShouldBe(
            [("days_2023", 6, 0), ("days_2024", 14, 1), ("days_2025", 1, 0)]);
        ((string)(await assay.Anomalies(datastore)).Single()["partition"]!["name"]!).ShouldBe("days_2024");
        var one = await assay.Scan(datastore, new() { ["container_names"] = new JsonArray("days"), ["partition_names"] = new JsonArray("days_2023") });
        ((long)one["status"]!["records_processed"]!).ShouldBe(6);
        (await assay.Anomalies(datastore)).Length.ShouldBe(1);
    }

    [Fact]
    public async Task Decide_AboutAPartition_TakesItsOpenAnomaliesAlone()
    {
        var (datastore, container) = await Orders();
        await assay.Scan(datastore);
        var partition = (long)(await Partition(container, Files[0]))["id"]!;

        (await assay.Admin.Put($"/api/partitions/{partition}/anomalies/Acknowledged")).Expect(200).Json["num_acknowledged"]!.GetValue<long>().ShouldBe(1);
        (await assay.Anomalies(datastore)).Select(a => (string)a["status"]!).Order().ShouldBe(["Acknowledged", "Active"]);
        var resolved = (await assay.Admin.Put($"/api/partitions/{partition}/anomalies/Invalid")).Expect(200).Json;

        ((long)resolved["num_acknowledged"]!, (long)resolved["num_invalid"]!).ShouldBe((0, 1));
        (await assay.Anomalies(datastore)).Single()["partition"]!["name"]!.GetValue<string>().ShouldBe(Files[2]);
        (await assay.Admin.Put($"/api/partitions/{partition}/anomalies/Nonsense")).Expect(422).Errors()[0].Loc.ShouldBe("path.new_status");
        (await assay.Admin.Put("/api/partitions/999999999/anomalies/Active")).Expect(404);
    }

    [Fact]
    public async Task Metrics_AddUpTheScansOfADay()
    {
        var (datastore, _) = await Orders();
        await assay.Scan(datastore);
        await assay.Scan(datastore);

        var shown = (await assay.Admin.Get($"/api/scan-metrics?datastore={datastore}")).Expect(200).Json;

        ((long)shown["total_partitions_scanned"]!, (long)shown["total_records_scanned"]!, (long)shown["total_anomalies_caught"]!).ShouldBe((6, 12, 4));
        shown["daily_metrics"]!.AsArray().Sum(d => (long)d!["records_scanned"]!).ShouldBe(12);
        ((long)shown["range_metrics"]!["records_scanned"]!["max"]!).ShouldBeLessThanOrEqualTo(12);
        (await assay.Admin.Get($"/api/scan-metrics?datastore={datastore}&start_date=2020-01-01&end_date=2020-02-01")).Expect(200).Json["total_records_scanned"]!.GetValue<long>().ShouldBe(0);
        (await assay.Admin.Get("/api/scan-metrics?start_date=2020-01-02&end_date=2020-01-01")).Expect(422).Errors()[0].Loc.ShouldBe("query.end_date");
        (await assay.Admin.Get("/api/scan-metrics?start_date=0001-01-01&end_date=9999-12-31")).Expect(422).Errors()[0].Loc.ShouldBe("query.start_date");
        var map = (await assay.Admin.Get($"/api/operations/heat-map?datastore={datastore}&operation_type=scan")).Expect(200).Json;
        ((long)map["total_operations"]!).ShouldBe(2);
        map["daily_metrics"]!.AsArray().Sum(d => (long)d!["operations"]!).ShouldBe(2);
        ((long)(await assay.Admin.Get($"/api/operations/heat-map?datastore={datastore}&result=failure")).Expect(200).Json["total_operations"]!).ShouldBe(0);
    }

    [Fact]
    public async Task Resume_ReadsNoPartitionOfAFinishedContainerAgain()
    {
        var folder = "";
        var (datastore, container) = await Orders(made => File.WriteAllText(Path.Combine(folder = made, "other.csv"), "id,price\n8,-8\n"));
        await assay.CreateCheck(await assay.ContainerId(datastore, "other.csv"), "notNegative", ["price"]);
        File.Delete(Path.Combine(folder, "other.csv"));
        var half = await assay.Scan(datastore);
        var finished = half["container_scans"]!.AsArray().Single(s => (string)s!["result"]! == "success")!;
        // As if it had been stopped before it came to the second container.
        await using (var scope = assay.Services.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<AssayDb>().Set<Operation>().Where(o => o.Id == (long)half["id"]!).ExecuteUpdateAsync(set => set.SetProperty(o => o.Result, OperationResult.Aborted));
        File.AppendAllText(Path.Combine(folder, Files[1]), "7,-7\n");
        File.WriteAllText(Path.Combine(folder, "other.csv"), "id,price\n8,-8\n");

        (await assay.Admin.Put($"/api/operations/run/{half["id"]}")).Expect(200);
        var whole = await assay.UntilEnded((long)half["id"]!, 120);

        ((string)whole["result"]!).ShouldBe("success", whole.ToJsonString());
        ((long)whole["status"]!["partitions_scanned"]!, (long)whole["status"]!["records_processed"]!, (long)whole["status"]!["anomalies_identified"]!).ShouldBe((4, 7, 3));
        var scans = whole["container_scans"]!.AsArray();
        scans.Count.ShouldBe(2);
        scans.Select(s => (long)s!["id"]!).ShouldContain((long)finished["id"]!);
        var parts = (await assay.Admin.Get($"/api/container-scans/{finished["id"]}")).Expect(200).Json["partition_scans"]!.AsArray();
        parts.Select(p => ((string)p!["partition"]!["name"]!, (long)p["records_processed"]!)).ShouldBe([(Files[0], 3), (Files[1], 2), (Files[2], 1)]);
        (await assay.Anomalies(datastore)).Length.ShouldBe(3, "the new row came after its partition was finished");
        (await assay.Admin.Get($"/api/container-scans?container={container}")).Expect(200).Json["total"]!.GetValue<long>().ShouldBe(1);
    }

    private async Task<(long Datastore, long Container)> Orders(Action<string>? more = null)
    {
        var datastore = await assay.RegisterFiles(folder =>
        {
            more?.Invoke(folder);
            File.WriteAllText(Path.Combine(folder, Files[0]), "id,price\n1,5\n2,-5\n3,5\n");
            File.WriteAllText(Path.Combine(folder, Files[1]), "id,price\n4,5\n5,5\n");
            File.WriteAllText(Path.Combine(folder, Files[2]), "id,price\n6,-1\n");
        });
        await assay.SyncWell(datastore);
        var container = await assay.ContainerId(datastore, "orders_*.csv");
        await assay.CreateCheck(container, "notNegative", ["price"]);
        return (datastore, container);
    }

    private async Task<JsonNode[]> Parts(JsonNode operation) =>
        [.. (await assay.Admin.Get($"/api/container-scans/{operation["container_scans"]![0]!["id"]}")).Expect(200).Json["partition_scans"]!.AsArray().OfType<JsonNode>()];

    private async Task<JsonNode> Partition(long container, string name) =>
        (await assay.Admin.Get($"/api/partitions?container={container}&name={name}")).Expect(200).Json["items"]!.AsArray().Single()!;
}
