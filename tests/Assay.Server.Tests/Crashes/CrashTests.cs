using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Assay.Server.Tests.Harness;
using Xunit.Sdk;
using static Assay.Server.Tests.Harness.Syncing;

namespace Assay.Server.Tests.Crashes;

/// <summary>
/// Kills the real server with SIGKILL at random moments while datastores are created, synced and deleted, starts it again on the same
/// store, and checks what must hold. <c>ASSAY_CRASH_ROUNDS</c> sets how often; the default keeps the suite short.
/// </summary>
public sealed class CrashTests(ITestOutputHelper output)
{
    private const int Tables = 120;

    [Fact]
    public async Task Server_KilledAtRandomMoments_ComesBackWhole()
    {
        var rounds = int.TryParse(Environment.GetEnvironmentVariable("ASSAY_CRASH_ROUNDS"), out var wanted) ? wanted : 8;
        var seed = int.TryParse(Environment.GetEnvironmentVariable("ASSAY_CRASH_SEED"), out var given) ? given : Environment.TickCount;
        var chance = new Random(seed);
        var source = await CreateDatabase($"DO $$ BEGIN FOR i IN 1..{Tables} LOOP EXECUTE format('CREATE TABLE t%s (id int PRIMARY KEY, a text, b date)', i); END LOOP; END $$");
        await using var store = await CrashStore.CreateAsync();
        output.WriteLine($"Seed {seed}");
        for (var round = 1; round <= rounds; round++)
        {
            await using (var server = store.Start())
            {
                var api = await ApiOf(server, store);
                await CheckAsync(api, store, round, seed);
                var work = WorkAsync(api, source, chance.Next());
                await Task.Delay(chance.Next(20, 1500));
                await server.SignalAsync("KILL");
                await server.ExitAsync();
                await work;
            }
        }
        await using (var last = store.Start()) await CheckAsync(await ApiOf(last, store), store, rounds + 1, seed);
        output.WriteLine($"{rounds} kills, all invariants held after each");
        Console.WriteLine($"Crash test: {rounds} kills at random moments, all invariants held after each (seed {seed})");
    }

    private static async Task<Api> ApiOf(AssayProcess server, CrashStore store)
    {
        var http = new HttpClient { BaseAddress = await server.ReadyAsync(), Timeout = TimeSpan.FromSeconds(30) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await File.ReadAllTextAsync(Path.Combine(store.Folder, "admin.token")));
        return new Api(http);
    }

    /// <summary>Creates, syncs and deletes until the server dies under it.</summary>
    private static async Task WorkAsync(Api api, string source, int seed)
    {
        var chance = new Random(seed);
        try
        {
            while (true)
            {
                var connection = await TestSources.PostgresConnection();
                connection["name"] = $"crash {Guid.NewGuid():N}";
                var made = (await api.Post("/api/datastores", new JsonObject
                {
                    ["name"] = $"crash {Guid.NewGuid():N}",
                    ["connection"] = connection,
                    ["database"] = source,
                    ["schema"] = "public",
                    ["trigger_sync"] = chance.Next(2) == 0,
                    ["tags"] = new JsonArray("crash"),
                })).Expect(201);
                if (chance.Next(3) == 0) await Task.Delay(chance.Next(400));
                await api.Post("/api/operations/run", new JsonObject { ["type"] = "sync", ["datastore_id"] = made.Id });
                await Task.Delay(chance.Next(600));
                if (chance.Next(2) == 0) await api.Delete($"/api/datastores/{made.Id}");
            }
        }
        catch (Exception problem) when (problem is HttpRequestException or TaskCanceledException) { /* it is dead, as wanted */ }
    }

    /// <summary>What must hold at every start: at once, or for work under way within half a minute.</summary>
    private static async Task CheckAsync(Api api, CrashStore store, int round, int seed)
    {
        var began = DateTime.UtcNow;
        while (true)
        {
            var open = (await api.Get("/api/operations?finished=false&size=1")).Expect(200).Json["total"]!.GetValue<long>();
            if (open == 0 && await store.CountAsync("SELECT COUNT(*) FROM datastores WHERE deleted IS NOT NULL") == 0) break;
            if (DateTime.UtcNow - began > TimeSpan.FromSeconds(60)) throw Broken($"{open} operations still open, or deleted datastores not purged, after 60 s");
            // Interrupted work must be running again, or be over, within 30 s.
            if (DateTime.UtcNow - began > TimeSpan.FromSeconds(30) && await store.CountAsync("SELECT COUNT(*) FROM operations WHERE result = 'running' AND worker IS NULL") > 0)
                throw Broken("an interrupted operation was not taken up within 30 s");
            await Task.Delay(200);
        }
        foreach (var (what, sql) in Invariants)
            if (await store.CountAsync(sql) is > 0 and var count) throw Broken($"{count} x {what}");
        var listed = 0L;
        for (var page = 1; ; page++)
        {
            var shown = (await api.Get($"/api/datastores?size=100&page={page}")).Expect(200).Json;
            listed += shown["items"]!.AsArray().Count;
            if (shown["items"]!.AsArray().Count > 0) continue;
            if (listed != (long)shown["total"]!) throw Broken($"the list has {listed} datastores and says {shown["total"]}");
            break;
        }
        // A secret that cannot be opened would make this sync fail.
        if ((await api.Get("/api/datastores?size=1&sort_created=desc")).Json["items"]!.AsArray() is [{ } newest])
        {
            var operation = (await api.Post("/api/operations/run", new JsonObject { ["type"] = "sync", ["datastore_id"] = (long)newest["id"]! })).Expect(200);
            for (var i = 0; ; i++)
            {
                var now = (await api.Get($"/api/operations/{operation.Id}")).Expect(200).Json;
                if ((string?)now["result"] == "success") break;
                if (now["end_time"] is not null || i > 300) throw Broken($"a sync after the restart ended so: {now.ToJsonString()}");
                await Task.Delay(100);
            }
            if (await store.CountAsync($"SELECT COUNT(*) FROM containers WHERE datastore_id = {newest["id"]} AND deleted_at IS NULL") != Tables) throw Broken("a sync left tables out");
        }

        XunitException Broken(string what) => new($"Before round {round} (seed {seed}): {what}");
    }

    private static readonly (string What, string Sql)[] Invariants =
    [
        ("datastore without a connection", "SELECT COUNT(*) FROM datastores d WHERE NOT EXISTS (SELECT 1 FROM connections c WHERE c.id = d.connection_id)"),
        ("datastore without a team", "SELECT COUNT(*) FROM datastores d WHERE NOT EXISTS (SELECT 1 FROM team_datastores t WHERE t.datastore_id = d.id)"),
        ("datastore without its tag", "SELECT COUNT(*) FROM datastores d WHERE NOT EXISTS (SELECT 1 FROM datastore_tags t WHERE t.datastore_id = d.id)"),
        ("connection without its secret", "SELECT COUNT(*) FROM connections c WHERE NOT EXISTS (SELECT 1 FROM connection_secrets s WHERE s.connection_id = c.id)"),
        ("container without a datastore", "SELECT COUNT(*) FROM containers c WHERE NOT EXISTS (SELECT 1 FROM datastores d WHERE d.id = c.datastore_id)"),
        ("field without a container", "SELECT COUNT(*) FROM fields f WHERE NOT EXISTS (SELECT 1 FROM containers c WHERE c.id = f.container_id)"),
        ("operation without a datastore", "SELECT COUNT(*) FROM operations o WHERE NOT EXISTS (SELECT 1 FROM datastores d WHERE d.id = o.datastore_id)"),
        ("container without all its fields", "SELECT COUNT(*) FROM containers c WHERE c.field_count <> (SELECT COUNT(*) FROM fields f WHERE f.container_id = c.id)"),
        ("datastore with part of its containers", $"SELECT COUNT(*) FROM datastores d WHERE (SELECT COUNT(*) FROM containers c WHERE c.datastore_id = d.id) NOT IN (0, {Tables})"),
        ("datastore whose metrics are wrong", "SELECT COUNT(*) FROM datastores d WHERE d.containers <> (SELECT COUNT(*) FROM containers c WHERE c.datastore_id = d.id AND c.deleted_at IS NULL)"),
        ("operation that ended without an end", "SELECT COUNT(*) FROM operations WHERE (end_time IS NULL) <> (result IN ('queued', 'running'))"),
        ("successful sync of a datastore that has nothing", "SELECT COUNT(*) FROM operations o JOIN datastores d ON d.id = o.datastore_id WHERE o.result = 'success' AND d.containers = 0"),
    ];
}
