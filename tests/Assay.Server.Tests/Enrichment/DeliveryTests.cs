using Assay.Server.Datastores;
using Assay.Server.Enrichment.Delivery;
using Assay.Server.Enrichment.Tables;
using Assay.Server.Store;
using Assay.Server.Tests.Harness;
using Assay.Sources.Contract;
using Assay.Sources.Writing;
using Assay.Testing.Postgres;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using static Assay.Server.Tests.Harness.TestDatastores;

namespace Assay.Server.Tests.Enrichment;

/// <summary>Stores that are down, refuse, or answer to nobody: what a scan found is written later, in order, and once.</summary>
public sealed class DeliveryTests(AssayServer assay)
{
    [Fact]
    public async Task StoreThatIsDown_GetsEverythingInOrder_OnceItIsBack()
    {
        await using var server = await PostgresServer.StartNewAsync();
        var store = await assay.PostgresStore(server);
        var (datastore, _, prefix) = await assay.Linked(Enriching.Orders, store.Id);
        await assay.OrderChecks(datastore);
        await server.StopAsync();

        var operations = new List<long>();
        for (var i = 0; i < 3; i++) operations.Add((long)(await assay.Scan(datastore))["id"]!);

        var failing = await assay.UntilEnrichment(datastore, e => (string?)e["state"] == "failing");
        ((long)failing["pending"]!).ShouldBe(3);
        ((string)failing["message"]!).ShouldNotBeNullOrEmpty();
        failing.ToJsonString().ShouldNotContain(store.Role.Password);
        failing["next_try"].ShouldNotBeNull();
        (await assay.Anomalies(datastore)).Length.ShouldBe(2);
        ((string?)(await assay.Admin.Get($"{Stores}/{store.Id}/enrichment")).Expect(200).Json["state"]).ShouldBeOneOf("failing", "writing");
        await server.StartAsync();
        (await assay.Admin.Post($"{Stores}/{datastore}/enrichment/retry")).Expect(200);
        var after = await assay.Delivered(datastore);
        ((string?)after["state"], after["message"], (long)after["failures"]!).ShouldBe(("idle", null, 0));
        after["last_delivery"].ShouldNotBeNull();
        (await store.Query($"SELECT operation_id FROM {prefix}_scan_operations ORDER BY ctid")).ShouldBe(operations.Select(o => $"{o}"));
        (await store.Query($"SELECT COUNT(*), COUNT(DISTINCT (anomaly_uuid, quality_check_id)) FROM {prefix}_failed_checks")).ShouldBe(["9|9"]);
    }

    [Fact]
    public async Task StoreThatMayOnlyBeRead_FailsWithTheReason_AndGetsItAllOnceItMay()
    {
        var store = await assay.PostgresStore();
        var (datastore, _, prefix) = await assay.Linked(Enriching.Orders, store.Id);
        await assay.OrderChecks(datastore);
        await store.Server.RunSqlAsync(store.Database, $"REVOKE CREATE ON SCHEMA public FROM {store.Role.Name}");

        await assay.Scan(datastore);

        ((string)(await assay.UntilEnrichment(datastore, e => (string?)e["state"] == "failing"))["message"]!).ShouldNotBeNullOrEmpty();
        await store.Server.RunSqlAsync(store.Database, $"GRANT CREATE ON SCHEMA public TO {store.Role.Name}");
        (await assay.Admin.Post($"{Stores}/{store.Id}/enrichment/retry")).Expect(200);
        await assay.Delivered(datastore);
        (await store.Query($"SELECT COUNT(*) FROM {prefix}_source_records")).ShouldBe(["2"]);
    }

    [Theory]
    [InlineData("append")]
    [InlineData("overwrite")]
    public async Task WriterThatDiesAfterEveryWrite_BeforeItIsNoted_WritesNothingTwice(string remediation)
    {
        var store = await assay.PostgresStore();
        var (datastore, _, prefix) = await assay.Linked("CREATE TABLE orders AS SELECT i::bigint AS id, -i AS price, 'n' AS name FROM generate_series(1, 10) i", store.Id, remediation);
        var (container, _, _) = await assay.OrderChecks(datastore);
        await using var hold = await EvidenceHold.OnAsync(assay, store.Id);
        await assay.Scan(datastore);

        var deaths = await DeliverAsync(store.Id);

        deaths.ShouldBeGreaterThan(10, "batches of three rows, and each of them dies once");
        (await store.Query($"SELECT COUNT(*) FROM {prefix}_check_metrics")).ShouldBe(["2"]);
        (await store.Query($"SELECT COUNT(*), COUNT(DISTINCT anomaly_uuid) FROM {prefix}_failed_checks")).ShouldBe(["10|10"]);
        (await store.Query($"SELECT COUNT(*), COUNT(DISTINCT anomaly_uuid) FROM {prefix}_source_records")).ShouldBe(["10|10"]);
        (await store.Query($"SELECT COUNT(*), COUNT(DISTINCT id) FROM {prefix}_remediation_{container}")).ShouldBe(["10|10"]);
        (await store.Query($"SELECT COUNT(*) FROM {prefix}_scan_operations")).ShouldBe(["1"]);
    }

    [Fact]
    public async Task AnomaliesDeletedBetweenTwoTries_ShiftNoBatch()
    {
        var store = await assay.PostgresStore();
        var (datastore, _, prefix) = await assay.Linked("CREATE TABLE orders AS SELECT i::bigint AS id, -i AS price, 'n' AS name FROM generate_series(1, 10) i", store.Id);
        await assay.OrderChecks(datastore);
        await using var hold = await EvidenceHold.OnAsync(assay, store.Id);
        await assay.Scan(datastore);
        var first = (await assay.Anomalies(datastore)).Min(a => (long)a["id"]!);

        await DeliverAsync(store.Id, async deaths =>
        {
            if (deaths == 2) (await assay.Admin.Delete($"/api/anomalies/{first}?archive=false")).Expect(204); // written already, and not noted
        });

        (await store.Query($"SELECT COUNT(*), COUNT(DISTINCT anomaly_uuid) FROM {prefix}_failed_checks")).ShouldBe(["10|10"]);
        (await store.Query($"SELECT COUNT(*), COUNT(DISTINCT anomaly_uuid) FROM {prefix}_source_records")).ShouldBe(["9|9"]);
    }

    [Fact]
    public async Task CopiesThatAStoreRefusesForGood_AreLeftOut_AndHoldUpNothing()
    {
        var store = await assay.PostgresStore();
        var (datastore, _, prefix) = await assay.Linked(Enriching.Orders, store.Id, "append");
        var (container, _, _) = await assay.OrderChecks(datastore);
        // Somebody else's table, with a column that cannot hold what would be written.
        await store.Server.RunSqlAsync(store.Database, $"CREATE TABLE {prefix}_remediation_{container} (name int); ALTER TABLE {prefix}_remediation_{container} OWNER TO {store.Role.Name}");

        await assay.Scan(datastore);

        for (var i = 0; i < EntryDelivery.MostTriesOfCopies; i++)
        {
            await assay.UntilEnrichment(datastore, e => (string?)e["state"] is "failing" or "idle");
            (await assay.Admin.Post($"{Stores}/{datastore}/enrichment/retry")).Expect(200);
        }
        ((string)(await assay.Delivered(datastore))["notice"]!).ShouldContain("'orders'");
        (await store.Query($"SELECT COUNT(*) FROM {prefix}_scan_operations")).ShouldBe(["1"]);
    }

    /// <summary>Delivers what waits, in batches of three rows, by a writer that breaks down after every write that it has really done.</summary>
    private async Task<int> DeliverAsync(long storeId, Func<int, Task>? afterDeath = null)
    {
        var services = assay.Services;
        await using var db = await services.GetRequiredService<IDbContextFactory<AssayDb>>().CreateDbContextAsync();
        var store = await db.Set<Datastore>().SingleAsync(d => d.Id == storeId);
        var progress = services.GetRequiredService<EntryProgress>();
        var delivery = new EntryDelivery(
            services.GetRequiredService<IDbContextFactory<AssayDb>>(), progress, new EvidenceRows(services.GetRequiredService<StoreConnections>()) { MostRows = 3 },
            services.GetRequiredService<WrittenTables>(), services.GetRequiredService<DeliveryLease>(), NullLogger<EntryDelivery>.Instance);
        var deaths = 0;
        while (await progress.NextAsync(storeId, CancellationToken.None) is { } entry)
        {
            try
            {
                await using var writer = new DyingWriter(await services.GetRequiredService<EnrichmentStores>().OpenWriterAsync(store, CancellationToken.None));
                await delivery.RunAsync(entry, writer, 0, CancellationToken.None);
            }
            catch (SourceException)
            {
                deaths++;
                if (afterDeath is not null) await afterDeath(deaths);
            }
        }
        return deaths;
    }

    private sealed class DyingWriter(ITableWriter inner) : ITableWriter
    {
        public Task PrepareAsync(TableShape table, CancellationToken cancel) => inner.PrepareAsync(table, cancel);

        public async Task<bool> AppendAsync(TableShape table, string batch, RowBatch rows, CancellationToken cancel) => After(await inner.AppendAsync(table, batch, rows, cancel));

        public async Task<bool> ReplaceAsync(TableShape table, string batch, RowBatch rows, CancellationToken cancel) => After(await inner.ReplaceAsync(table, batch, rows, cancel));

        public Task DropAsync(string table, CancellationToken cancel) => inner.DropAsync(table, cancel);

        public ValueTask DisposeAsync() => inner.DisposeAsync();

        private static bool After(bool written) =>
            written ? throw new SourceException(new SourceFault(SourceFaultCode.ConnectionLost, "write rows", "The answer to the commit was lost.")) : false;
    }
}
