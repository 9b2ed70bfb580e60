using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Assay.Server.Tests.Exports;
using Assay.Server.Tests.Harness;
using Assay.Testing.Postgres;
using Npgsql;

namespace Assay.Server.Tests.Crashes;

/// <summary>Kills the real server while it writes to an enrichment store.</summary>
public sealed class CopyCrashTests
{
    [Fact]
    public async Task Operations_KilledWhileTheyWrite_AreFinishedByTheNextServer_AndLeaveNoRowTwice()
    {
        var postgres = await PostgresServer.SharedAsync();
        var (source, target) = (await Syncing.CreateDatabase("CREATE TABLE t AS SELECT i FROM generate_series(1, 1000) i"), await Syncing.CreateDatabase(""));
        await using var store = await CrashStore.CreateAsync();
        await using var held = new NpgsqlConnection(postgres.ConnectionStringFor(target));
        await held.OpenAsync();
        long[] running;
        await using (var server = store.Start())
        {
            var api = await ApiOf(server, store);
            var datastore = (await api.Post("/api/datastores", await Datastore(source, await postgres.CreateReaderAsync(), false))).Expect(201).Id;
            var owner = await postgres.CreateRoleAsync();
            await postgres.RunSqlAsync(target, $"GRANT ALL ON SCHEMA public TO {owner.Name}");
            var evidence = (await api.Post("/api/datastores", await Datastore(target, owner, true))).Expect(201).Id;
            (await api.Put($"/api/datastores/{datastore}", new JsonObject { ["enrichment_prefix"] = "k" })).Expect(200);
            (await api.Patch($"/api/datastores/{datastore}/enrichment/{evidence}")).Expect(200);
            await RunAsync(api, datastore, "sync");
            var container = (long)(await api.Get($"/api/containers/listing?datastore={datastore}")).Expect(200).Json[0]!["id"]!;
            for (var i = 0; i < 3; i++) (await api.Post(TestChecks.AllChecks, TestChecks.Check(container, "notNull", ["i"]).With(new() { ["filter"] = $"i > {i}" }))).Expect(200);
            foreach (var type in new[] { "materialize", "export" }) await RunAsync(api, datastore, type);
            await postgres.RunSqlAsync(source, "INSERT INTO t SELECT i FROM generate_series(1001, 2000) i");
            // Both are stopped within their transactions.
            await held.Lines("BEGIN; LOCK TABLE _k_mat_t, _k_export_checks IN ACCESS EXCLUSIVE MODE");
            running = [(await StartAsync(api, datastore, "materialize")).Id, (await StartAsync(api, datastore, "export")).Id];
            var deadline = DateTime.UtcNow.AddSeconds(60);
            while (await postgres.ScalarAsync<long>("postgres", $"SELECT count(*) FROM pg_stat_activity WHERE usename = '{owner.Name}' AND wait_event_type = 'Lock'") < 2)
            {
                if (DateTime.UtcNow > deadline) throw new Xunit.Sdk.XunitException("They do not write.");
                await Task.Delay(50);
            }
            await server.SignalAsync("KILL");
            await server.ExitAsync();
        }
        await held.Lines("ROLLBACK");

        await using var next = store.Start();
        var again = await ApiOf(next, store);
        foreach (var id in running) ((string?)(await EndAsync(again, id))["result"]).ShouldBe("success");

        (await held.Lines("SELECT count(*), count(DISTINCT i) FROM _k_mat_t")).ShouldBe(["2000|2000"]);
        (await held.Lines("SELECT count(*), count(DISTINCT id) FROM _k_export_checks")).ShouldBe(["3|3"]);
    }

    private static async Task<JsonObject> Datastore(string database, PostgresRole role, bool enrichment)
    {
        var connection = await TestSources.PostgresConnection(role);
        return new JsonObject { ["name"] = People.Unique("copy"), ["connection"] = connection, ["database"] = database, ["schema"] = "public", ["enrichment_only"] = enrichment, ["trigger_sync"] = false };
    }

    private static async Task<Answer> StartAsync(Api api, long datastore, string type) =>
        (await api.Post("/api/operations/run", new JsonObject { ["type"] = type, ["datastore_id"] = datastore, ["asset_type"] = "checks" })).Expect(200);

    private static async Task RunAsync(Api api, long datastore, string type) =>
        ((string?)(await EndAsync(api, (await StartAsync(api, datastore, type)).Id))["result"]).ShouldBe("success", type);

    private static async Task<JsonNode> EndAsync(Api api, long operation)
    {
        var deadline = DateTime.UtcNow.AddSeconds(90);
        while (true)
        {
            var shown = (await api.Get($"/api/operations/{operation}")).Expect(200).Json;
            if (shown["end_time"] is not null) return shown;
            if (DateTime.UtcNow > deadline) throw new Xunit.Sdk.XunitException($"Not within 90 s: {shown.ToJsonString()}");
            await Task.Delay(100);
        }
    }

    private static async Task<Api> ApiOf(AssayProcess server, CrashStore store)
    {
        var http = new HttpClient { BaseAddress = await server.ReadyAsync(), Timeout = TimeSpan.FromSeconds(30) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await File.ReadAllTextAsync(Path.Combine(store.Folder, "admin.token")));
        return new Api(http);
    }
}
