using System.Text.Json.Nodes;
using Assay.Bench.Evidence;
using Assay.Bench.Hosting;
using Assay.Testing.Postgres;

namespace Assay.Bench.Profiles;

/// <summary>
/// Many small tables as a user has them profiled: by an operation of a server, over HTTP, with all that it stores of each; without inferring checks
/// and with it. Each three times, for what the runtime still compiles.
/// </summary>
internal static class OperationCase
{
    public static async Task RunAsync(PostgresServer server, string database, int tables)
    {
        await using var servers = await Servers.StartAsync("sqlite");
        using var http = servers.AdminClient();
        var datastore = await EvidenceStores.CreateAsync(http, await EvidenceStores.SourceAsync(server, database), isSource: true);
        var (synced, _) = await Operations.RunAsync(http, servers, new JsonObject { ["type"] = "sync", ["datastore_id"] = datastore });
        Console.WriteLine($"(f) {tables} tables synced in {synced.TotalSeconds:F2} s and profiled by operations over HTTP:");
        foreach (var (effort, what) in new[] { ("off", "without inferring checks"), ("low", "inferring checks of level 1"), ("medium", "inferring checks as by default") })
        {
            var (first, _) = await ProfileAsync(effort);
            await ProfileAsync(effort);
            var (took, most) = await ProfileAsync(effort);
            Console.WriteLine($"  {what}: {took.TotalSeconds:F2} s, {tables / took.TotalSeconds:F1} tables/s (the first time {tables / first.TotalSeconds:F1}); Assay held at most {most >> 20} MB");
        }

        Task<(TimeSpan Took, long Most)> ProfileAsync(string effort) => Operations.RunAsync(http, servers, new JsonObject { ["type"] = "profile", ["datastore_id"] = datastore, ["ai_effort"] = effort });
    }
}
