using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Assay.Server.Tests.Harness;
using Assay.Testing.Postgres;
using static Assay.Server.Tests.Harness.Syncing;

namespace Assay.Server.Tests.Crashes;

/// <summary>Several processes on one PostgreSQL store: an API that works on nothing, and two workers.</summary>
public sealed class NodesTests : IAsyncLifetime
{
    private readonly string masterKey = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
    private readonly List<AssayProcess> nodes = [];
    private PostgresServer store = null!;

    public async ValueTask InitializeAsync()
    {
        store = await PostgresServer.StartNewAsync();
        await store.CreateDatabaseAsync("assay");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in nodes) await node.DisposeAsync();
        await store.DisposeAsync();
    }

    [Fact]
    public async Task Nodes_ShareTheWork_AbortAcrossProcesses_AndTakeOverFromTheDead()
    {
        var front = Start("api");
        var api = await ApiOf(front);
        var (database, role) = (await CreateDatabase("CREATE TABLE a (id int)"), await (await PostgresServer.SharedAsync()).CreateReaderAsync());
        var datastore = (await api.Post("/api/datastores", new JsonObject
        {
            ["name"] = "shared",
            ["connection"] = await TestSources.PostgresConnection(role),
            ["database"] = database,
            ["schema"] = "public",
            ["trigger_sync"] = false,
        })).Expect(201).Id;

        // An API alone works on nothing; the first worker takes up what waits.
        var waiting = await SyncAsync(api, datastore);
        await Task.Delay(TimeSpan.FromSeconds(3));
        ((string?)(await Get(api, waiting))["result"]).ShouldBe("queued");
        var workers = new[] { Start("worker"), Start("worker") };
        foreach (var worker in workers) await worker.ReadyAsync();
        ((string?)(await Until(api, waiting, o => o["end_time"] is not null))["result"]).ShouldBe("success");

        // An abort at the API reaches the source through whichever worker is at it.
        await using (await HeldDatabase.HoldAsync(database))
        {
            var stuck = await SyncAsync(api, datastore, prune: true);
            await Until(api, stuck, o => (string?)o["result"] == "running");
            (await api.Put($"/api/operations/abort/{stuck}")).Expect(200);
            ((string?)(await Until(api, stuck, o => o["end_time"] is not null))["result"]).ShouldBe("aborted");
            var sources = await PostgresServer.SharedAsync();
            for (var i = 0; i < 600 && await sources.SessionsOfAsync(role) > 0; i++) await Task.Delay(100);
            (await sources.SessionsOfAsync(role)).ShouldBe(0);
        }

        // A worker that is killed loses its operation to the other one.
        long taken;
        int dead;
        await using (await HeldDatabase.HoldAsync(database))
        {
            taken = await SyncAsync(api, datastore);
            await Until(api, taken, o => (string?)o["result"] == "running");
            dead = await WorkerOf(taken);
            var victim = workers.Single(w => w.Id == dead);
            await victim.SignalAsync("KILL");
            await victim.ExitAsync();
            await Until(api, taken, async _ => await WorkerOf(taken) is var now and not 0 && now != dead);
        }
        ((string?)(await Until(api, taken, o => o["end_time"] is not null))["result"]).ShouldBe("success");
        (await store.ScalarAsync<long>("assay", $"SELECT attempt FROM operations WHERE id = {taken}")).ShouldBe(2);
        (await store.ScalarAsync<long>("assay", $"SELECT interruptions FROM operations WHERE id = {taken}")).ShouldBe(1);
    }

    private AssayProcess Start(string role)
    {
        var node = AssayProcess.Start(("ASSAY_DATABASE", store.UrlFor("assay")), ("ASSAY_MASTER_KEY", masterKey), ("ASSAY_ROLE", role));
        nodes.Add(node);
        return node;
    }

    private static async Task<Api> ApiOf(AssayProcess node)
    {
        var http = new HttpClient { BaseAddress = await node.ReadyAsync(), Timeout = AssayProcess.Patience };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await File.ReadAllTextAsync(Path.Combine(node.DataFolder, "admin.token")));
        return new Api(http);
    }

    private static async Task<long> SyncAsync(Api api, long datastore, bool prune = false) =>
        (await api.Post("/api/operations/run", new JsonObject { ["type"] = "sync", ["datastore_id"] = datastore, ["prune"] = prune })).Expect(200).Id;

    private static async Task<JsonNode> Get(Api api, long operation) => (await api.Get($"/api/operations/{operation}")).Expect(200).Json;

    /// <summary>The process id of the worker that has the operation; 0 for none.</summary>
    private async Task<int> WorkerOf(long operation) =>
        await store.ScalarAsync<string>("assay", $"SELECT worker FROM operations WHERE id = {operation}") is { } name ? int.Parse(name.Split(':')[1], CultureInfo.InvariantCulture) : 0;

    private static Task<JsonNode> Until(Api api, long operation, Func<JsonNode, bool> condition) => Until(api, operation, o => Task.FromResult(condition(o)));

    private static async Task<JsonNode> Until(Api api, long operation, Func<JsonNode, Task<bool>> condition)
    {
        for (var end = DateTime.UtcNow.AddMinutes(3); ; await Task.Delay(100))
        {
            var now = await Get(api, operation);
            if (await condition(now)) return now;
            if (DateTime.UtcNow > end) throw new Xunit.Sdk.XunitException($"Not in three minutes: {now.ToJsonString()}");
        }
    }
}
