using System.Text.Json.Nodes;
using Assay.Server.Tests.Harness;
using static Assay.Server.Tests.Harness.Syncing;

namespace Assay.Server.Tests.Profiles;

/// <summary>Which partitions a profile read, and how many records of each: of groups of files, and of partitioned tables.</summary>
public sealed class PartitionProfileTests(AssayServer assay)
{
    private const string Days = """
        CREATE TABLE days (id int, "relname" text, day date) PARTITION BY RANGE (day);
        CREATE TABLE days_2023 PARTITION OF days FOR VALUES FROM ('2023-01-01') TO ('2024-01-01');
        CREATE TABLE days_2024 PARTITION OF days FOR VALUES FROM ('2024-01-01') TO ('2025-01-01') PARTITION BY RANGE (day);
        CREATE TABLE days_2024_h1 PARTITION OF days_2024 FOR VALUES FROM ('2024-01-01') TO ('2024-07-01');
        CREATE TABLE days_2022 PARTITION OF days FOR VALUES FROM ('2022-01-01') TO ('2023-01-01');
        INSERT INTO days SELECT i, 'r' || i, date '2023-12-25' + i FROM generate_series(1, 20) i;
        CREATE TABLE plain (id int);
        INSERT INTO plain VALUES (1);
        """;

    [Fact]
    public async Task FileGroup_IsCountedByFile_AndStaysAsItWas()
    {
        string folder = null!;
        var datastore = await Orders(f => folder = f);

        var operation = await assay.ProfileWell(datastore);

        ((long)operation["status"]!["partitions_analyzed"]!).ShouldBe(4, "three of the group, one file for itself");
        var orders = await assay.ContainerId(datastore, "orders_*.csv");
        var parts = await Parts(orders);
        parts.Select(Short).ShouldBe([("orders_1.csv", 3L), ("orders_2.csv", 2L), ("orders_3.csv", 0L)]);
        parts.ShouldAllBe(p => p["id"] != null && (string?)p["result"] == "success" && p["location"] != null && p["min_time"] != null);
        ((long?)parts[0]["partition_size"]).ShouldBe(new FileInfo(Path.Combine(folder, "orders_1.csv")).Length);
        (await Parts(await assay.ContainerId(datastore, "single.csv"))).Select(Short).ShouldBe([("single.csv", 1L)]);
        var profile = (await assay.Admin.Get($"/api/containers/{orders}/profile")).Expect(200).Json["id"];

        File.Delete(Path.Combine(folder, "orders_2.csv"));
        await assay.SyncWell(datastore, new() { ["prune"] = true });

        var later = (await assay.Admin.Get($"/api/container-profiles/{profile}")).Expect(200).Json["partitions"]!.AsArray();
        later.Select(p => ((string?)p!["name"], (long?)p["records_processed"], p["id"] is null)).ShouldBe([("orders_1.csv", 3L, false), ("orders_2.csv", 2L, true), ("orders_3.csv", 0L, false)]);
    }

    [Fact]
    public async Task FileGroup_Grouped_WithComputedFields_AndSamples_IsCounted()
    {
        var datastore = await Orders(_ => { });
        var orders = await assay.ContainerId(datastore, "orders_*.csv");
        (await assay.Admin.Post("/api/computed-fields", new JsonObject
        {
            ["container_id"] = orders,
            ["name"] = "twice",
            ["transformation"] = "customExpression",
            ["properties"] = new JsonObject { ["column_expression"] = "price * 2" },
        })).Expect(200);
        (await assay.Admin.Put($"/api/containers/{orders}", new JsonObject { ["container_type"] = "file", ["group_by_fields"] = new JsonArray(new JsonArray("kind")) })).Expect(200);

        await assay.ProfileWell(datastore);

        (await Parts(orders)).Select(Short).ShouldBe([("orders_1.csv", 3L), ("orders_2.csv", 2L), ("orders_3.csv", 0L)]);
        var profiles = (await assay.Admin.Get($"/api/container-profiles?container={orders}")).Expect(200).Json["items"]!.AsArray();
        profiles.Count.ShouldBe(3);
        foreach (var group in profiles.Where(p => p!["parent_profile_id"] is not null))
            (await assay.Admin.Get($"/api/container-profiles/{group!["id"]}")).Expect(200).Json["partitions"]!.AsArray().ShouldBeEmpty();
        await assay.ProfileWell(datastore, new() { ["max_records_analyzed_per_partition"] = 1, ["container_names"] = new JsonArray("orders_*.csv") });
        (await Parts(orders)).Sum(p => (long)p["records_processed"]!).ShouldBe((long)(await assay.Admin.Get($"/api/containers/{orders}/profile")).Expect(200).Json["records_processed"]!);
    }

    [Fact]
    public async Task PartitionedTable_IsCountedByPartition_NewOnesToo()
    {
        var (datastore, database) = await assay.SyncedPostgres(Days);
        await RunSql(database, "CREATE TABLE days_2025 PARTITION OF days FOR VALUES FROM ('2025-01-01') TO ('2026-01-01'); INSERT INTO days VALUES (99, 'r', '2025-05-05')");

        await assay.ProfileWell(datastore);

        var parts = await Parts(await assay.ContainerId(datastore, "days"));
        parts.Where(p => (long?)p["records_processed"] != 0).Select(Short).ShouldBe([("days_2023", 6L), ("days_2024_h1", 14L), ("days_2025", 1L)]);
        parts.Select(Short).ShouldContain(("days_2022", 0L));
        parts.Single(p => (string?)p["name"] == "days_2025")["location"].ShouldNotBeNull("a profile looks before it reads");
        (await Parts(await assay.ContainerId(datastore, "plain"))).ShouldBeEmpty();
    }

    private async Task<long> Orders(Action<string> more)
    {
        var datastore = await assay.RegisterFiles(folder =>
        {
            more(folder);
            File.WriteAllText(Path.Combine(folder, "orders_1.csv"), "id,price,kind\n1,5,a\n2,-5,b\n3,5,a\n");
            File.WriteAllText(Path.Combine(folder, "orders_2.csv"), "id,price,kind\n4,5,a\n5,5,b\n");
            File.WriteAllText(Path.Combine(folder, "orders_3.csv"), "id,price,kind\n");
            File.WriteAllText(Path.Combine(folder, "single.csv"), "n\n1\n");
        });
        await assay.SyncWell(datastore);
        return datastore;
    }

    private static (string, long?) Short(JsonNode partition) => ((string)partition["name"]!, (long?)partition["records_processed"]);

    private async Task<JsonNode[]> Parts(long container) => [.. (await assay.Admin.Get($"/api/containers/{container}/profile")).Expect(200).Json["partitions"]!.AsArray().OfType<JsonNode>()];
}
