using System.Diagnostics;
using System.Text.Json.Nodes;
using Assay.Bench.Hosting;

namespace Assay.Bench.Purge;

/// <summary>Deleting a datastore of very many containers with twenty fields each, while others write.</summary>
internal static class PurgeBench
{
    private static readonly TimeSpan MostForAnswer = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan MostForPurge = TimeSpan.FromSeconds(60);

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
        var id = await seed.LargeDatastoreAsync(options.Count);
        await seed.SettleAsync();
        using var http = servers.AdminClient();
        var quiet = await WriteAsync(http, TimeSpan.FromSeconds(5), () => Task.FromResult(false));
        var before = Resident(servers);

        var clock = Stopwatch.StartNew();
        using var answer = await http.DeleteAsync($"/api/datastores/{id}");
        var answered = clock.Elapsed;
        var most = before;
        var busy = await WriteAsync(http, TimeSpan.FromMinutes(5), async () =>
        {
            most = Math.Max(most, Resident(servers));
            return await seed.ScalarAsync($"SELECT COUNT(*) FROM datastores WHERE id = {id}") == 0;
        });
        var purged = clock.Elapsed;
        var left = await seed.ScalarAsync("SELECT (SELECT COUNT(*) FROM containers) + (SELECT COUNT(*) FROM fields)");

        Console.WriteLine($"""

            {store}, a datastore of {options.Count} containers and {options.Count * 20L} fields
            DELETE answered {(int)answer.StatusCode} in {answered.TotalMilliseconds:0} ms; purged in {purged.TotalSeconds:0.0} s, {left} rows left
            other writers (a tag made every 10 ms): p50 {quiet.Median:0.0} ms, p99 {quiet.P99:0.0} ms before; p50 {busy.Median:0.0} ms, p99 {busy.P99:0.0} ms, longest {busy.Longest:0.0} ms meanwhile
            resident memory {before >> 20} MB before, {most >> 20} MB at most
            """);
        return answered < MostForAnswer && purged < MostForPurge && left == 0;
    }

    private static async Task<(double Median, double P99, double Longest)> WriteAsync(HttpClient http, TimeSpan atMost, Func<Task<bool>> done)
    {
        var times = new List<double>();
        var (clock, looked) = (Stopwatch.StartNew(), 0L);
        while (clock.Elapsed < atMost)
        {
            var started = clock.Elapsed;
            using var answer = await http.PostAsJsonAsync("/api/global-tags", new JsonObject { ["name"] = $"{Guid.NewGuid()}" });
            answer.EnsureSuccessStatusCode();
            times.Add((clock.Elapsed - started).TotalMilliseconds);
            if (clock.ElapsedMilliseconds - looked > 200)
            {
                looked = clock.ElapsedMilliseconds;
                if (await done()) break;
            }
            await Task.Delay(10);
        }
        times.Sort();
        return (times[times.Count / 2], times[times.Count * 99 / 100], times[^1]);
    }

    private static long Resident(Servers servers)
    {
        servers.AssayProcess.Refresh();
        return servers.AssayProcess.WorkingSet64;
    }
}
