using System.Diagnostics;
using Assay.Bench.Evidence;
using Assay.Bench.Hosting;
using Assay.Bench.Profiles;
using Assay.Server.Operations.Running;
using Assay.Server.Operations.Scan;
using Assay.Server.Reading;
using Assay.Server.Scans.Results;
using Assay.Server.Settings;
using Assay.Server.Store;
using Microsoft.EntityFrameworkCore;

namespace Assay.Bench.Scans;

/// <summary>
/// What a scan with very many anomalous rows takes to store: an anomaly, a failed check and a record for each, against the store moving the same rows into the same
/// tables by itself (INSERT ... SELECT, with their indexes and foreign keys).
/// </summary>
internal static class AnomalyBench
{
    private static readonly string[] Tables = ["anomalies", "failed_checks", "anomaly_source_records"];

    public static async Task RunAsync(string store, int rows)
    {
        await using var servers = await Servers.StartAsync(store);
        await using var seed = new EvidenceSeed(servers);
        var scan = await seed.ScanAsync(1);
        var check = await seed.ScalarAsync("SELECT MAX(id) FROM quality_checks");
        await seed.ExecuteAsync("DELETE FROM anomaly_source_records", "DELETE FROM failed_checks", "DELETE FROM anomalies", "DELETE FROM check_results", "DELETE FROM container_scans",
            "UPDATE operations SET result = 'running', end_time = NULL");
        await using var services = new ServiceCollection().AddStore(new AssaySettings { Data = servers.Folder, Database = servers.Database }).BuildServiceProvider();
        var contexts = services.GetRequiredService<IDbContextFactory<AssayDb>>();
        await using var db = await contexts.CreateDbContextAsync();
        var stored = (await StoredContainer.FindAsync(db, scan.Container, CancellationToken.None))!;
        var run = new OperationRun(new ClaimedOperation(scan.Operation, ScanKind.Name, scan.Datastore, "{}", 1, null), new OperationLease(services.GetRequiredService<StoreConnections>(), new WorkerName(), TimeProvider.System));
        var found = new ScannedContainer(rows, true, false, null, [.. Enumerable.Range(1, rows).Select(i => Anomaly(i, check))], [new FoundResult(check, FoundResult.Failed, null, rows, rows, null)], null);

        var clock = Stopwatch.StartNew();
        await new ScanStore(contexts, TimeProvider.System).SaveAsync(run, stored, ScanSettings.Parse("{}"), DateTime.UtcNow, found, CancellationToken.None);
        var took = clock.Elapsed;

        var floor = await FloorAsync(seed);
        Console.WriteLine($"(c) {store}: {rows:N0} anomalies with a failed check and a record each stored in {took.TotalSeconds:F1} s, {rows / took.TotalSeconds:N0} a second; "
            + $"INSERT ... SELECT of the same rows {floor.TotalSeconds:F1} s, ratio {floor / took:F2}; Assay at most {PeakMemory.Megabytes(null)} MB with the findings in memory");
    }

    private static async Task<TimeSpan> FloorAsync(EvidenceSeed seed)
    {
        foreach (var table in Tables) await seed.ExecuteAsync($"CREATE TABLE saved_{table} AS SELECT * FROM {table}");
        foreach (var table in Tables.Reverse()) await seed.ExecuteAsync($"DELETE FROM {table}");
        var clock = Stopwatch.StartNew();
        foreach (var table in Tables) await seed.ExecuteAsync($"INSERT INTO {table} SELECT * FROM saved_{table}");
        return clock.Elapsed;
    }

    private static FoundAnomaly Anomaly(int i, long check) => new(
        Assay.Server.Anomalies.Anomaly.Record, [new FoundFailure(check, $"The `amount` value of `-{i}.25` is a negative number", null, null, null)], 1, i, null,
        [new FoundRecord($$"""{"id":{{i}},"customer":"customer {{i}}","amount":-{{i}}.25,"weight":0.125,"paid":true,"day":"2024-02-29","at":"2024-02-29T12:34:56.789012Z","note":"a note that says \"why\" at some length"}""", null)]);
}
