using System.Diagnostics;
using Assay.Bench.Hosting;
using Assay.Testing.Postgres;
using Assay.Testing.S3;

namespace Assay.Bench.Evidence;

/// <summary>
/// The evidence of a scan with very many anomalous rows, from the metadata store to PostgreSQL and to S3, against COPY of the same rows from files: failed
/// checks, source records and copies of the rows.
/// </summary>
internal static class EvidenceBench
{
    private const double LeastRatio = 0.5;
    private const string Prefix = "_bench", WarmUp = "_warm";

    public static async Task<int> RunAsync(Options options)
    {
        var rows = options.Count == 100_000 ? 1_000_000 : options.Count;
        await using var target = await PostgresServer.StartNewAsync();
        var met = true;
        foreach (var store in options.Stores) met &= await RunAsync(store, rows, target);
        return met ? 0 : 1;
    }

    private static async Task<bool> RunAsync(string store, int rows, PostgresServer target)
    {
        await using var servers = await Servers.StartAsync(store);
        await using var seed = new EvidenceSeed(servers);
        using var http = servers.AdminClient();
        var database = await target.CreateDatabaseAsync($"evidence_{store}");
        var bucket = (await S3Server.SharedAsync()).CreateBucket($"evidence-{store}");
        var scan = await seed.ScanAsync(rows);
        var postgres = await MeasureAsync(servers, seed, scan, await EvidenceStores.CreateAsync(http, EvidenceStores.Postgres(target, database)));
        var copy = await CopyAsync(target, database, scan.Container);
        var s3 = await MeasureAsync(servers, seed, scan, await EvidenceStores.CreateAsync(http, await EvidenceStores.S3Async(bucket)));
        Console.WriteLine($"""

            {store}, {rows} anomalous rows: {rows} failed checks, {rows} source records, {rows} copies
            COPY of the same rows from files: {copy.TotalSeconds:0.0} s, {rows / copy.TotalSeconds:0} rows/s
            PostgreSQL: {postgres.Took.TotalSeconds:0.0} s, {rows / postgres.Took.TotalSeconds:0} rows/s, ratio {copy / postgres.Took:0.00}; resident {postgres.Before >> 20} MB before, {postgres.Most >> 20} MB at most
            S3: {s3.Took.TotalSeconds:0.0} s, {rows / s3.Took.TotalSeconds:0} rows/s, ratio {copy / s3.Took:0.00}; resident {s3.Before >> 20} MB before, {s3.Most >> 20} MB at most
            """);
        return copy / postgres.Took >= LeastRatio && copy / s3.Took >= LeastRatio;
    }

    private static async Task<(TimeSpan Took, long Before, long Most)> MeasureAsync(Servers servers, EvidenceSeed seed, SeededScan scan, long targetId)
    {
        // A server that has run for a while has compiled what it needs, as the database has that it is compared with.
        await DeliverAsync(servers, seed, scan, targetId, WarmUp);
        return await DeliverAsync(servers, seed, scan, targetId, Prefix);
    }

    private static async Task<(TimeSpan Took, long Before, long Most)> DeliverAsync(Servers servers, EvidenceSeed seed, SeededScan scan, long targetId, string prefix)
    {
        var (before, most) = (servers.Resident, 0L);
        var clock = Stopwatch.StartNew();
        await seed.QueueAsync(scan, targetId, prefix);
        while (await seed.ScalarAsync("SELECT COUNT(*) FROM evidence_outbox") > 0)
        {
            most = Math.Max(most, servers.Resident);
            await Task.Delay(50);
        }
        return (clock.Elapsed, before, most);
    }

    /// <summary>The written rows to files of the server, and from there into tables that look the same.</summary>
    private static async Task<TimeSpan> CopyAsync(PostgresServer server, string database, long container)
    {
        var tables = new[] { $"{Prefix}_failed_checks", $"{Prefix}_source_records", $"{Prefix}_remediation_{container}" };
        foreach (var table in tables)
        {
            await server.RunSqlAsync(database, $"COPY {table} TO '/tmp/{database}_{table}'");
            await server.RunSqlAsync(database, $"CREATE TABLE again{table} (LIKE {table})");
        }
        var clock = Stopwatch.StartNew();
        foreach (var table in tables) await server.RunSqlAsync(database, $"COPY again{table} FROM '/tmp/{database}_{table}'");
        var took = clock.Elapsed;
        foreach (var table in tables) await server.RunSqlAsync(database, $"COPY (SELECT 1) TO PROGRAM 'rm /tmp/{database}_{table}'");
        return took;
    }
}
