using System.Text.Json.Nodes;
using Assay.Server.Tests.Harness;
using static Assay.Server.Tests.Harness.Syncing;
using static Assay.Server.Tests.Harness.TestDatastores;

namespace Assay.Server.Tests.Enrichment;

/// <summary>Copies of anomalous rows at the enrichment store, with their own columns and types.</summary>
public sealed class RemediationTests(AssayServer assay)
{
    [Fact]
    public async Task Append_AddsTheRowsOfEveryScan_WithTheirTypes()
    {
        var store = await assay.PostgresStore();
        var (datastore, _, prefix) = await assay.Linked("""
            CREATE TABLE orders (id bigint, price numeric(12,2), name text, ok boolean, placed date, at timestamptz, part double precision, whole numeric(30), tags text[], doc jsonb);
            INSERT INTO orders VALUES (1, -1.25, NULL, true, '2024-02-29', '2024-02-29 12:00:00.5+00', 0.1, 123456789012345678901234567890, '{a,b}', '{"k": 1}'), (2, 3, 'n', false, NULL, NULL, NULL, NULL, NULL, NULL);
            """, store.Id, "append");
        var (container, _, _) = await assay.OrderChecks(datastore);
        var table = $"{prefix}_remediation_{container}";

        await assay.ScanAndDeliver(datastore);
        await assay.ScanAndDeliver(datastore);

        (await store.Columns(table)).ShouldBe(
        [
            "id|bigint", "price|numeric", "name|text", "ok|boolean", "placed|date", "at|timestamp with time zone", "part|double precision", "whole|numeric", "tags|text", "doc|text",
            "_qualytics_source_partition|text", "anomaly_uuid|text",
        ]);
        (await store.Query($"SELECT id, price, name, ok, placed, at, part, whole, tags, _qualytics_source_partition FROM {table}")).ShouldBe(
            Enumerable.Repeat("1|-1.25|NULL|t|2024-02-29|2024-02-29 12:00:00.5+00|0.1|123456789012345678901234567890|[\"a\",\"b\"]|orders", 2));
        (await store.Query($"SELECT COUNT(DISTINCT anomaly_uuid) FROM {table}")).ShouldBe(["2"]);
    }

    [Fact]
    public async Task Overwrite_KeepsTheLatestOnly()
    {
        var store = await assay.PostgresStore();
        var (datastore, database, prefix) = await assay.Linked(Enriching.Orders, store.Id, "overwrite");
        var (container, _, _) = await assay.OrderChecks(datastore);
        await assay.ScanAndDeliver(datastore);
        await RunSql(database, "UPDATE orders SET price = 1 WHERE id = 8; UPDATE orders SET price = -9 WHERE id = 9");

        await assay.ScanAndDeliver(datastore);

        (await store.Query($"SELECT id, price FROM {prefix}_remediation_{container} ORDER BY id")).ShouldBe(["7|-5.25", "9|-9.00"]);
        (await store.Query($"SELECT COUNT(*) FROM {prefix}_source_records")).ShouldBe(["4"]);
    }

    [Fact]
    public async Task Drift_AddsColumns_AndKeepsThoseOfAnotherType()
    {
        var store = await assay.PostgresStore();
        var (datastore, database, prefix) = await assay.Linked(Enriching.Orders, store.Id, "append");
        var (container, _, _) = await assay.OrderChecks(datastore);
        await assay.ScanAndDeliver(datastore);
        await RunSql(database, "ALTER TABLE orders ADD extra int DEFAULT 5; ALTER TABLE orders DROP placed; ALTER TABLE orders ALTER id TYPE text USING 'x' || id");
        await assay.SyncWell(datastore);

        await assay.ScanAndDeliver(datastore);
        await assay.ScanAndDeliver(datastore);

        (await store.Columns($"{prefix}_remediation_{container}")).Select(c => c.Split('|')[0]).ShouldBe(
            ["id", "price", "name", "placed", "at", "_qualytics_source_partition", "anomaly_uuid", "id_as_text", "extra"]);
        (await store.Query($"SELECT DISTINCT id, id_as_text, placed, extra FROM {prefix}_remediation_{container} WHERE price = -6 ORDER BY 1")).ShouldBe(["8|NULL|2024-01-09|NULL", "NULL|x8|NULL|5"]);
    }

    [Fact]
    public async Task StrategyWithoutAStore_IsRefusedAtTheScan_AndUnlinkingResetsIt()
    {
        var (datastore, _) = await assay.Synced(Enriching.Orders);
        (await assay.Admin.Put($"{Stores}/{datastore}", new JsonObject { ["enrichment_remediation_strategy"] = "append" })).Expect(200);

        (await assay.Admin.Post("/api/operations/run", new JsonObject { ["type"] = "scan", ["datastore_id"] = datastore })).Expect(409).Detail!.ShouldContain("enrichment_remediation_strategy");
        (await assay.Admin.Patch($"{Stores}/{datastore}/enrichment/{await assay.CreateEnrichmentStoreId()}")).Expect(200);
        (await assay.Admin.Delete($"{Stores}/{datastore}/enrichment")).Expect(204);
        await assay.Scan(datastore);
    }
}
