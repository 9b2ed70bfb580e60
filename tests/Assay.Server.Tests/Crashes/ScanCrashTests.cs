using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Assay.Server.Tests.Harness;
using static Assay.Server.Tests.Harness.Syncing;

namespace Assay.Server.Tests.Crashes;

/// <summary>Kills the real server with SIGKILL in the middle of a scan, twice, and resumes it: every result is there exactly once.</summary>
public sealed class ScanCrashTests
{
    private const int Tables = 40;
    private const int Broken = 3;

    [Fact]
    public async Task Scan_KilledTwiceHalfWay_GoesOn_AndHasEveryResultOnce()
    {
        var source = await CreateDatabase(
            $"DO $$ BEGIN FOR i IN 1..{Tables} LOOP EXECUTE format('CREATE TABLE t%s AS SELECT g AS id, CASE WHEN g <= {Broken} THEN -g ELSE g END AS price FROM generate_series(1, 500) g', i); END LOOP; END $$");
        await using var store = await CrashStore.CreateAsync();
        long scan;
        await using (var first = store.Start())
        {
            var api = await ApiOf(first, store);
            scan = await BeginAsync(api, source);
            await KillAtAsync(first, store, Tables / 4);
        }
        await using (var second = store.Start())
        {
            await ApiOf(second, store);
            await KillAtAsync(second, store, Tables / 2);
        }
        await using var third = store.Start();
        var last = await ApiOf(third, store);
        var ended = await EndAsync(last, scan);
        if ((string?)ended["result"] == "failure") // given up after the second death; a person resumes it
        {
            ((string)ended["message"]!).ShouldContain("died twice");
            (await last.Put($"/api/operations/run/{scan}")).Expect(200);
            ended = await EndAsync(last, scan);
        }

        ((string?)ended["result"]).ShouldBe("success", ended.ToJsonString());
        ((long)ended["status"]!["containers_analyzed"]!, (long)ended["status"]!["records_processed"]!, (long)ended["status"]!["anomalies_identified"]!).ShouldBe((Tables, 500 * Tables, Broken * Tables));
        foreach (var (what, wanted) in new (string, long)[]
        {
            ($"container_scans WHERE operation_id = {scan} AND result = 'success'", Tables), ("container_scans", Tables), ("check_results", Tables), ("anomalies", Broken * Tables),
            ("failed_checks", Broken * Tables), ("anomaly_source_records", Broken * Tables), ("anomalies WHERE status = 'Active'", Broken * Tables),
            ("quality_checks WHERE num_container_scans = 1", Tables),
        }) (await store.CountAsync($"SELECT COUNT(*) FROM {what}")).ShouldBe(wanted, what);
        (await store.CountAsync("SELECT COUNT(DISTINCT fingerprint) FROM anomalies")).ShouldBe(Broken * Tables);
    }

    private static async Task<long> BeginAsync(Api api, string source)
    {
        var datastore = (await api.Post("/api/datastores", new JsonObject
        {
            ["name"] = "scanned",
            ["connection"] = await TestSources.PostgresConnection(),
            ["database"] = source,
            ["schema"] = "public",
            ["trigger_sync"] = false,
        })).Expect(201).Id;
        await EndAsync(api, (await api.Post("/api/operations/run", new JsonObject { ["type"] = "sync", ["datastore_id"] = datastore })).Expect(200).Id);
        foreach (var container in (await api.Get($"/api/containers/listing?datastore={datastore}")).Expect(200).Json.AsArray())
            (await api.Post(TestChecks.AllChecks, TestChecks.Check((long)container!["id"]!, "notNegative", ["price"]))).Expect(200);
        return (await api.Post("/api/operations/run", new JsonObject { ["type"] = "scan", ["datastore_id"] = datastore })).Expect(200).Id;
    }

    private static async Task KillAtAsync(AssayProcess server, CrashStore store, int containers)
    {
        var deadline = DateTime.UtcNow + AssayProcess.Patience;
        while (await store.CountAsync("SELECT COUNT(*) FROM container_scans") < containers && DateTime.UtcNow < deadline) await Task.Delay(5);
        await server.SignalAsync("KILL");
        await server.ExitAsync();
        (await store.CountAsync("SELECT COUNT(*) FROM container_scans")).ShouldBeInRange(containers, Tables - 1, "it was to be killed in the middle");
    }

    private static async Task<JsonNode> EndAsync(Api api, long operation)
    {
        for (var deadline = DateTime.UtcNow + AssayProcess.Patience; ; await Task.Delay(50))
        {
            var shown = (await api.Get($"/api/operations/{operation}")).Expect(200).Json;
            if (shown["end_time"] is not null) return shown;
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
