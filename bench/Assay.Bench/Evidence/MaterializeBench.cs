using System.Diagnostics;
using System.Text.Json.Nodes;
using Assay.Bench.Hosting;
using Assay.Testing.Postgres;
using Assay.Testing.S3;

namespace Assay.Bench.Evidence;

/// <summary>A copy of a large table of PostgreSQL to PostgreSQL and to S3, against COPY of the same rows from one database to a file and from there into the other.</summary>
internal static class MaterializeBench
{
    private const string Copy = "/tmp/assay-bench-copy";

    public static async Task<int> RunAsync(Options options)
    {
        var rows = options.Count == 100_000 ? 3_000_000 : options.Count;
        await using var server = await PostgresServer.StartNewAsync();
        var database = await server.CreateDatabaseAsync("source");
        await server.RunSqlAsync(database, $"""
            CREATE TABLE orders AS SELECT g AS id, (g::bigint * 7919) % 100000 AS customer, ((g::bigint * 31) % 9973)::float8 / 7 AS price, ((g * 13) % 1000)::numeric(12,2) AS amount,
                'sku-' || (g % 5000) AS sku, g % 3 = 0 AS gift, timestamptz '2024-01-01' + g * interval '1 second' AS at, 'note ' || (g % 1000) AS note FROM generate_series(1, {rows}) g
            """);
        foreach (var store in options.Stores) await RunAsync(store, server, database, rows);
        return 0;
    }

    private static async Task RunAsync(string store, PostgresServer server, string source, int rows)
    {
        await using var servers = await Servers.StartAsync(store);
        using var http = servers.AdminClient();
        var target = await server.CreateDatabaseAsync($"copies_{store}");
        var datastore = await EvidenceStores.CreateAsync(http, await EvidenceStores.SourceAsync(server, source), isSource: true);
        await Operations.RunAsync(http, servers, new JsonObject { ["type"] = "sync", ["datastore_id"] = datastore });
        var (outward, inward) = await CopyAsync(server, source, target);
        Console.WriteLine($"\n{store}, {rows} rows x 8\nCOPY to a file: {outward.TotalSeconds:0.0} s, from it: {inward.TotalSeconds:0.0} s, together {rows / (outward + inward).TotalSeconds:0} rows/s");
        foreach (var (name, body) in new[] { ("PostgreSQL", EvidenceStores.Postgres(server, target)), ("S3", await EvidenceStores.S3Async((await S3Server.SharedAsync()).CreateBucket($"copies-{store}"))) })
        {
            var evidence = await EvidenceStores.CreateAsync(http, body);
            (await http.PatchAsJsonAsync($"/api/datastores/{datastore}/enrichment/{evidence}", new JsonObject())).EnsureSuccessStatusCode();
            var (took, most) = await Operations.RunAsync(http, servers, new JsonObject { ["type"] = "materialize", ["datastore_id"] = datastore });
            Console.WriteLine($"{name}: {took.TotalSeconds:0.0} s, {rows / took.TotalSeconds:0} rows/s, ratio to both COPYs {(outward + inward) / took:0.00}, to the one into the store {inward / took:0.00}; at most {most >> 20} MB resident");
        }
    }

    private static async Task<(TimeSpan Out, TimeSpan In)> CopyAsync(PostgresServer server, string source, string target)
    {
        var clock = Stopwatch.StartNew();
        await server.RunSqlAsync(source, $"COPY orders TO '{Copy}'");
        var outward = clock.Elapsed;
        await server.RunSqlAsync(target, "CREATE TABLE again (id int, customer bigint, price float8, amount numeric(12,2), sku text, gift bool, at timestamptz, note text)");
        clock.Restart();
        await server.RunSqlAsync(target, $"COPY again FROM '{Copy}'");
        var inward = clock.Elapsed;
        await server.RunSqlAsync(source, $"COPY (SELECT 1) TO PROGRAM 'rm {Copy}'");
        return (outward, inward);
    }
}
