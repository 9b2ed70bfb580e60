using System.Text.Json.Nodes;
using Assay.Bench.Hosting;
using Assay.Bench.Load;

namespace Assay.Bench.Datastores;

/// <summary>Reading one datastore, and pages of fifty, out of very many; beside a bare endpoint that reads the same rows.</summary>
internal static class DatastoreBench
{
    private const double Goal = 0.5;
    /// <summary>Long enough for the runtime to have compiled what is hot.</summary>
    private const int WarmSeconds = 4;
    private const int Rounds = 3;

    private sealed record Case(string Name, string Path, string? Bare, bool Member = false);

    public static async Task<int> RunAsync(Options options)
    {
        var met = true;
        foreach (var store in options.Stores) met &= await RunAsync(store, options);
        return met ? 0 : 1;
    }

    private static async Task<bool> RunAsync(string store, Options options)
    {
        await using var servers = await Servers.StartAsync(store);
        await using var seed = new Seed(servers);
        await seed.DatastoresAsync(options.Count);
        await seed.SettleAsync();
        var bare = await servers.StartBareAsync();
        var member = await MemberAsync(servers);
        var pages = (options.Count + 49) / 50;
        Case[] cases =
        [
            new("GET one", "/api/datastores/{id}", "/one/{id}"),
            new("list, first page", "/api/datastores?size=50", "/first"),
            new("list, last page", $"/api/datastores?size=50&page={pages}", "/last"),
            new("GET one, as a member", "/api/datastores/{id}", "/one/{id}", Member: true),
            new("list, first page, as a member", "/api/datastores?size=50", "/first", Member: true),
            new("list, last page, as a member", $"/api/datastores?size=50&page={pages}", "/last", Member: true),
            new("list, middle page", $"/api/datastores?size=50&page={pages / 2}", null),
            new("list by name", "/api/datastores?size=50&sort_name=desc", null),
            new("list by tag", "/api/datastores?size=50&tag=tag%207", null),
            new("search", "/api/datastores?size=50&search=9999", null),
        ];
        Console.WriteLine($"\n{store}, {options.Count} datastores, {options.Clients} clients, {options.Seconds} s a case\n");
        var (first, last) = (await seed.ScalarAsync("SELECT MIN(id) FROM datastores WHERE NOT enrichment_only"), await seed.ScalarAsync("SELECT MAX(id) FROM datastores"));
        var met = true;
        foreach (var one in cases)
        {
            var token = one.Member ? member : servers.AdminToken;
            await Wrk.RunAsync(servers.Assay, one.Path, token, (first, last), options, seconds: WarmSeconds);
            if (one.Bare is not null) await Wrk.RunAsync(bare, one.Bare, null, (first, last), options, seconds: WarmSeconds);
            // In turns, so that whatever else the machine does hits both alike.
            var (measured, baseline) = (new List<Measured>(), new List<Measured>());
            for (var round = 0; round < Rounds; round++)
            {
                measured.Add(await Wrk.RunAsync(servers.Assay, one.Path, token, (first, last), options));
                if (one.Bare is not null) baseline.Add(await Wrk.RunAsync(bare, one.Bare, null, (first, last), options));
            }
            Console.WriteLine($"{one.Name,-30} {Middle(measured, m => m.PerSecond)}");
            if (one.Bare is null) continue;
            var ratios = measured.Zip(baseline, (m, b) => m.PerSecond / b.PerSecond).Order().ToList();
            var ratio = ratios[Rounds / 2];
            met &= ratio >= Goal || one.Member;
            Console.WriteLine($"{"  bare",-30} {Middle(baseline, m => m.PerSecond)}   ratio {ratio:0.00} ({ratios[0]:0.00} to {ratios[^1]:0.00})");
        }
        return met;
    }

    private static Measured Middle(List<Measured> rounds, Func<Measured, double> key) => rounds.OrderBy(key).ElementAt(rounds.Count / 2);

    private static async Task<string> MemberAsync(Servers servers)
    {
        using var http = servers.AdminClient();
        var user = await Post("/api/users", new JsonObject { ["name"] = "Bench Member", ["role"] = "Member" });
        return (string)(await Post("/api/user-tokens", new JsonObject { ["name"] = "bench", ["user_id"] = (long)user["id"]! }))["bearer_token"]!;

        async Task<JsonNode> Post(string path, JsonObject body)
        {
            using var response = await http.PostAsJsonAsync(path, body);
            return (await response.Content.ReadFromJsonAsync<JsonNode>())!;
        }
    }
}
