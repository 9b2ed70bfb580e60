using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Assay.Server.Tests.Exports;
using Assay.Server.Tests.Harness;
using Assay.Testing.Postgres;
using Npgsql;

namespace Assay.Server.Tests.Crashes;

/// <summary>Kills the real server with SIGKILL again and again while it brings evidence to an enrichment store: every row is there exactly once.</summary>
public sealed class EvidenceCrashTests
{
    private const int Tables = 40, Broken = 250, Kills = 5, LeastKills = 3;

    [Fact]
    public async Task Delivery_KilledAtRandomMoments_WritesEveryRowOnce()
    {
        var postgres = await PostgresServer.SharedAsync();
        var source = await Syncing.CreateDatabase(
            $"DO $$ BEGIN FOR i IN 1..{Tables} LOOP EXECUTE format('CREATE TABLE t%s AS SELECT g AS id, -g AS price, ''n'' || g AS name FROM generate_series(1, {Broken}) g', i); END LOOP; END $$");
        var target = await Syncing.CreateDatabase("");
        await using var store = await CrashStore.CreateAsync();
        long scan;
        await using (var server = store.Start()) scan = await ScanAsync(await ApiOf(server, store), store, postgres, source, target);
        (await store.CountAsync("SELECT COUNT(*) FROM evidence_outbox")).ShouldBe(Tables);
        var seed = Environment.TickCount;
        var dice = new Random(seed);

        var deaths = 0;
        for (var life = 0; life < 4 * Kills && deaths < Kills; life++) deaths += await LiveAsync(store, dice);

        deaths.ShouldBeGreaterThanOrEqualTo(LeastKills, $"seed {seed}: it was to be killed while it writes");
        await using (var last = store.Start())
        {
            await last.ReadyAsync();
            await UntilAsync(store, left => left == 0);
        }
        await using var evidence = new NpgsqlConnection(postgres.ConnectionStringFor(target));
        await evidence.OpenAsync();
        foreach (var (table, key, rows) in new[]
        {
            ("check_metrics", "quality_check_id", Tables), ("failed_checks", "anomaly_uuid, quality_check_id", Tables * Broken), ("source_records", "anomaly_uuid", Tables * Broken), ("scan_operations", "container_id", Tables),
        }) (await evidence.Lines($"SELECT COUNT(*), COUNT(DISTINCT ({key})) FROM _k_{table}")).ShouldBe([$"{rows}|{rows}"], $"seed {seed}: {table}");
        (await evidence.Lines("SELECT COUNT(*) FROM _k_failed_checks f JOIN _k_source_records USING (anomaly_uuid)")).ShouldBe([$"{Tables * Broken}"]);
        var copies = await evidence.Lines("SELECT tablename FROM pg_tables WHERE tablename LIKE '\\_k\\_remediation\\_%'");
        copies.Length.ShouldBe(Tables);
        foreach (var copy in copies) (await evidence.Lines($"SELECT COUNT(*), COUNT(DISTINCT id), SUM(price) FROM {copy}")).ShouldBe([$"{Broken}|{Broken}|{-Broken * (Broken + 1) / 2}"], $"seed {seed}: {copy}");
        (await store.CountAsync($"SELECT COUNT(*) FROM anomalies WHERE operation_id = {scan} AND source_enriched")).ShouldBe(Tables * Broken);
    }

    /// <summary>Starts a server, and kills it soon after it has begun to write.</summary>
    /// <returns>1 where something was left to be written, else 0.</returns>
    private static async Task<int> LiveAsync(CrashStore store, Random dice)
    {
        await using var server = store.Start();
        await server.ReadyAsync();
        var before = await store.CountAsync("SELECT COUNT(*) FROM evidence_outbox");
        await store.RunAsync("UPDATE evidence_state SET worker = NULL, lease_until = NULL, next_try = 0"); // as once the lease of the one that was killed is over
        await UntilAsync(store, left => left < before);
        await Task.Delay(dice.Next(40));
        await server.SignalAsync("KILL");
        await server.ExitAsync();
        return await store.CountAsync("SELECT COUNT(*) FROM evidence_outbox") > 0 ? 1 : 0;
    }

    private static async Task UntilAsync(CrashStore store, Func<long, bool> reached)
    {
        for (var deadline = DateTime.UtcNow + AssayProcess.Patience; ; await Task.Delay(5))
        {
            var left = await store.CountAsync("SELECT COUNT(*) FROM evidence_outbox");
            if (left == 0 || reached(left)) return;
            DateTime.UtcNow.ShouldBeLessThan(deadline, $"{left} entries are left");
        }
    }

    /// <summary>A scan whose evidence waits until somebody may write.</summary>
    private static async Task<long> ScanAsync(Api api, CrashStore store, PostgresServer postgres, string source, string target)
    {
        var owner = await postgres.CreateRoleAsync();
        await postgres.RunSqlAsync(target, $"GRANT ALL ON SCHEMA public TO {owner.Name}");
        var evidence = (await api.Post("/api/datastores", await DatastoreAsync(target, owner, true))).Expect(201).Id;
        var datastore = (await api.Post("/api/datastores", await DatastoreAsync(source, await postgres.CreateReaderAsync(), false))).Expect(201).Id;
        (await api.Put($"/api/datastores/{datastore}", new JsonObject { ["enrichment_prefix"] = "_k", ["enrichment_remediation_strategy"] = "append" })).Expect(200);
        (await api.Patch($"/api/datastores/{datastore}/enrichment/{evidence}")).Expect(200);
        await EndAsync(api, (await api.Post("/api/operations/run", new JsonObject { ["type"] = "sync", ["datastore_id"] = datastore })).Expect(200).Id);
        foreach (var container in (await api.Get($"/api/containers/listing?datastore={datastore}")).Expect(200).Json.AsArray())
            (await api.Post(TestChecks.AllChecks, TestChecks.Check((long)container!["id"]!, "notNegative", ["price"]))).Expect(200);
        await store.RunAsync($"INSERT INTO evidence_state (datastore_id, worker, lease_until) VALUES ({evidence}, 'a test', 9000000000000000) ON CONFLICT (datastore_id) DO UPDATE SET worker = excluded.worker, lease_until = excluded.lease_until");
        var scan = (await api.Post("/api/operations/run", new JsonObject { ["type"] = "scan", ["datastore_id"] = datastore, ["high_count_rollup_threshold"] = Broken })).Expect(200).Id;
        await EndAsync(api, scan);
        return scan;
    }

    private static async Task<JsonObject> DatastoreAsync(string database, PostgresRole role, bool enrichment) => new()
    {
        ["name"] = People.Unique("evidence"),
        ["connection"] = await TestSources.PostgresConnection(role),
        ["database"] = database,
        ["schema"] = "public",
        ["enrichment_only"] = enrichment,
        ["trigger_sync"] = false,
    };

    private static async Task EndAsync(Api api, long operation)
    {
        for (var deadline = DateTime.UtcNow + AssayProcess.Patience; ; await Task.Delay(50))
        {
            var shown = (await api.Get($"/api/operations/{operation}")).Expect(200).Json;
            if (shown["end_time"] is not null)
            {
                ((string?)shown["result"]).ShouldBe("success", shown.ToJsonString());
                return;
            }
            DateTime.UtcNow.ShouldBeLessThan(deadline, shown.ToJsonString());
        }
    }

    private static async Task<Api> ApiOf(AssayProcess server, CrashStore store)
    {
        var http = new HttpClient { BaseAddress = await server.ReadyAsync(), Timeout = AssayProcess.Patience };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await File.ReadAllTextAsync(Path.Combine(store.Folder, "admin.token")));
        return new Api(http);
    }
}
