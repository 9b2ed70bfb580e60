using System.Text.Json.Nodes;
using Assay.Engine;
using Assay.Server.Enrichment.Delivery;
using Assay.Server.Tests.Exports;
using Assay.Server.Tests.Harness;
using Assay.Testing.Postgres;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using static Assay.Server.Tests.Harness.TestDatastores;

namespace Assay.Server.Tests.Enrichment;

/// <summary>Stores that are really full: nothing is lost, the state says why, and all is written in order and once when there is room again.</summary>
public sealed class FullStoreTests(AssayServer assay)
{
    private const int Broken = 3000;
    private const string Sold = "CREATE TABLE sold AS SELECT i::bigint AS id, -i AS price, repeat('n', 600) AS name FROM generate_series(1, 3000) i";

    [Fact]
    public async Task Postgres_WhoseDiskIsFull()
    {
        await using var disk = await SmallDisk.MountAsync(Path.Combine(Path.GetTempPath(), $"assay-full-{Guid.NewGuid():N}"), 32);
        Assert.SkipWhen(disk is null, "Only those who may mount can have a small disk.");
        await using var server = await PostgresServer.StartNewAsync();
        var store = await assay.PostgresStore(server);
        // Its tables lie on the small disk, its log elsewhere.
        await server.RunSqlAsync(store.Database, $"COPY (SELECT 1) TO PROGRAM 'mkdir -m 700 {disk.Folder}/tables'");
        await server.RunSqlAsync(store.Database, $"CREATE TABLESPACE small LOCATION '{disk.Folder}/tables'");
        await server.RunSqlAsync(store.Database, $"GRANT CREATE ON TABLESPACE small TO {store.Role.Name}; ALTER ROLE {store.Role.Name} SET default_tablespace = small; CREATE SCHEMA aside; CREATE TABLE aside.ballast (filler text) TABLESPACE small; ALTER TABLE aside.ballast ALTER filler SET STORAGE PLAIN; CREATE TABLE aside.room (LIKE aside.ballast INCLUDING STORAGE) TABLESPACE small");

        var (prefix, operations) = await FillsUpAndIsEmptied(
            store.Id, async () =>
            {
                const string filler = "SELECT repeat('x', 7000) FROM generate_series";
                await server.RunSqlAsync(store.Database, $"INSERT INTO aside.room {filler}(1, 400)");
                foreach (var rows in new[] { 100, 1 })
                {
                    try
                    {
                        while (true) await server.RunSqlAsync(store.Database, $"INSERT INTO aside.ballast {filler}(1, {rows})");
                    }
                    catch (PostgresException full) when (full.SqlState == PostgresErrorCodes.DiskFull)
                    {
                        // as it should be
                    }
                }
                // Room for the records of a scan, and not for the copies of the same rows.
                await server.RunSqlAsync(store.Database, "DROP TABLE aside.room");
            }, () => server.RunSqlAsync(store.Database, "DROP TABLE aside.ballast"), (table, columns) => store.Query($"SELECT {columns} FROM {table}"),
            async (records, copies) => (await store.Query($"SELECT (SELECT COUNT(*) FROM {records}), (SELECT COUNT(*) FROM {copies})")).ShouldBe([$"{2 * Broken}|{Broken}"], "it is the copies that do not fit"));

        (await store.Query($"SELECT operation_id FROM {prefix}_scan_operations ORDER BY ctid")).ShouldBe(operations.Select(o => $"{o}"));
    }

    [Fact]
    public async Task Folder_OnAFullDisk()
    {
        var folder = $"full-{Guid.NewGuid():N}";
        await using var disk = await SmallDisk.MountAsync(Path.Combine(assay.FilesFolder, folder), 4);
        Assert.SkipWhen(disk is null, "Only those who may mount can have a small disk.");
        var id = await assay.EnrichmentStore(new() { ["name"] = People.Unique("local"), ["type"] = "local", ["uri"] = $"file:///{folder}" }, new() { ["root_path"] = "/tables" });
        var ballast = Path.Combine(disk.Folder, "ballast");

        await FillsUpAndIsEmptied(
            id, () =>
            {
                try
                {
                    using var file = new FileStream(ballast, FileMode.Create, FileAccess.Write, FileShare.None, 1);
                    for (var block = new byte[4096]; ;) file.Write(block);
                }
                catch (IOException)
                {
                    return Task.CompletedTask; // as it should be
                }
            },
            () =>
            {
                File.Delete(ballast);
                return Task.CompletedTask;
            }, (table, columns) => EnrichmentTargets.Rows(assay.Services.GetRequiredService<IEngine>(), $"SELECT {columns} FROM file('{disk.Folder}/tables/{table}/*.parquet', Parquet)"));
    }

    /// <summary>Scans into a store that has room, that is full, and that has room again.</summary>
    /// <returns>The prefix of its tables, and the scans in their order.</returns>
    private async Task<(string Prefix, List<long> Operations)> FillsUpAndIsEmptied(long store, Func<Task> fill, Func<Task> empty, Func<string, string, Task<string[]>> read, Func<string, string, Task>? whileFull = null)
    {
        var (datastore, _, prefix) = await assay.Linked(Sold, store, "append");
        var container = await assay.ContainerId(datastore, "sold");
        await assay.CreateCheck(container, "notNegative", ["price"]);
        var settings = new JsonObject { ["enrichment_source_record_limit"] = Broken };
        var operations = new List<long> { (long)(await assay.ScanAndDeliver(datastore, settings))["id"]! };
        await fill();

        for (var i = 0; i < 2; i++)
        {
            var operation = await assay.Scan(datastore, settings);
            ((string?)operation["result"]).ShouldBe("success", "what becomes of the store is not the scan's affair");
            operations.Add((long)operation["id"]!);
        }

        var failing = await assay.UntilEnrichment(datastore, e => (string?)e["state"] == "failing");
        ((long)failing["pending"]!).ShouldBe(2);
        ((string)failing["message"]!).ShouldContain("room");
        // Copies are not given up either, however often it is tried.
        for (var i = 0; i <= EntryDelivery.MostTriesOfCopies; i++)
        {
            var before = (long)(await assay.UntilEnrichment(datastore, e => (string?)e["state"] == "failing"))["failures"]!;
            (await assay.Admin.Post($"{Stores}/{datastore}/enrichment/retry")).Expect(200);
            await assay.UntilEnrichment(datastore, e => (string?)e["state"] == "failing" && (long)e["failures"]! > before);
        }
        if (whileFull is not null) await whileFull($"{prefix}_source_records", $"{prefix}_remediation_{container}");
        await empty();
        var after = await Delivered(datastore);

        ((string?)after["state"], after["message"], after["notice"]).ShouldBe(("idle", null, null));
        (await read($"{prefix}_check_metrics", "COUNT(*), COUNT(DISTINCT operation_id)")).ShouldBe(["3|3"]);
        (await read($"{prefix}_failed_checks", "COUNT(*), COUNT(DISTINCT anomaly_uuid)")).ShouldBe(["3|3"]);
        (await read($"{prefix}_source_records", "COUNT(*), COUNT(DISTINCT anomaly_uuid)")).ShouldBe([$"{3 * Broken}|3"]);
        (await read($"{prefix}_remediation_{container}", "COUNT(*), COUNT(DISTINCT id)")).ShouldBe([$"{3 * Broken}|{Broken}"]);
        (await read($"{prefix}_scan_operations", "COUNT(*), COUNT(DISTINCT operation_id)")).ShouldBe(["3|3"]);
        return (prefix, operations);
    }

    // Room that is made may take a store a moment to find.
    private async Task<JsonNode> Delivered(long datastore)
    {
        for (var deadline = DateTime.UtcNow.AddSeconds(60); ; await Task.Delay(500))
        {
            (await assay.Admin.Post($"{Stores}/{datastore}/enrichment/retry")).Expect(200);
            var shown = (await assay.Admin.Get($"{Stores}/{datastore}/enrichment")).Expect(200);
            if ((long)shown.Json["pending"]! == 0) return shown.Json;
            DateTime.UtcNow.ShouldBeLessThan(deadline, shown.Text);
        }
    }
}
