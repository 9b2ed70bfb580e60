using System.Text;
using System.Text.Json;
using Assay.Engine;
using Assay.Quality.Scanning;
using Assay.Server.Operations.Running;
using Assay.Server.Reading;
using Assay.Server.Scans.Results;
using Assay.Server.Store;

namespace Assay.Server.Operations.Scan;

/// <summary>
/// Asserts a container's checks on rows that came with the request. They are judged as the container's fields are typed; values that are
/// not of that type count as missing.
/// </summary>
internal sealed class ExternalScanKind(ContainerReader reader, ScanChecks checks, ScanReferences references, ScanMeasurements measurements, ScanStore store, ComputedFieldRows computedFields, IEngine engine, TimeProvider clock) : IOperationKind
{
    public const string Name = "external_scan";

    public string Type => Name;

    public bool CanResume => false;

    public string Normalise(string settingsJson) => settingsJson;

    public async Task<OperationEnding> RunAsync(OperationRun run, CancellationToken cancel)
    {
        var wanted = ExternalScanSettings.Parse(run.Settings);
        var progress = new ScanProgress(run, 1);
        var started = clock.UtcNow();
        if (await reader.FindAsync(wanted.ContainerId, cancel) is not { } stored) return OperationEnding.Aborted("The container was deleted.");
        var settings = ScanSettings.Parse("""{"auto_resolve_passed_anomalies": false}""");
        var found = await engine.RetryOnceAsync((_, stop) => JudgeAsync(stored, wanted, settings, stop), cancel);
        var anomalies = await store.SaveAsync(run, stored, settings, started, found, cancel);
        progress.Add(new ScanPart(stored.Row.Name, found.Records, anomalies, 1, found.Problem));
        return progress.Ending();
    }

    private async Task<ScannedContainer> JudgeAsync(StoredContainer stored, ExternalScanSettings wanted, ScanSettings settings, CancellationToken cancel)
    {
        using var hold = engine.Hold();
        var asserted = await checks.ActiveAsync(stored.Row.Id, settings, cancel);
        await using var opened = await references.OpenAsync(asserted, cancel);
        var table = EngineName.Quote($"assay_external_{Guid.NewGuid():n}");
        var fields = stored.OfSource.Select(f => f.Name).ToList();
        try
        {
            await engine.ExecuteAsync($"CREATE TABLE {table} ({string.Join(", ", fields.Select(f => $"{EngineName.Quote(f)} Nullable(String)"))}) ENGINE = MergeTree ORDER BY tuple()", cancel);
            await engine.InsertAsync(new EngineQuery($"INSERT INTO {table} ({EngineName.List(fields)}) FORMAT JSONCompactEachRow"), (to, stop) => WriteAsync(wanted.Records, fields, to, stop), cancel);
            await using var rows = await computedFields.AddAsync(stored, $"SELECT * FROM {table}", cancel);
            var outcome = await new Scanner(engine).RunAsync(new ScanRequest
            {
                Rows = new Relation(stored.Row.Name, rows.Sql) { Fields = [.. stored.Readable.Select(Checks.Writes.CheckReviewer.Type)], Datastore = stored.Datastore.Name },
                Checks = [.. asserted.Select(c => new ScanCheck(c.Definition, opened.For(c)))],
                Measurements = await measurements.OfAsync(stored, [.. asserted.Where(c => c.Definition.Rule is not ("freshness" or "volumetric"))], null, false, cancel),
                RollupThreshold = (int)stored.Datastore.HighCountRollupThreshold,
                SourceRecordLimit = stored.Datastore.EnrichmentSourceRecordLimit,
                Now = clock.GetUtcNow(),
            }, cancel);
            return Findings.Of(outcome with { Records = wanted.Records.Count }, stored, whole: false, incremental: false, checkpoint: null);
        }
        finally
        {
            await engine.ExecuteAsync($"DROP TABLE IF EXISTS {table}", CancellationToken.None);
        }
    }

    private static async Task WriteAsync(IReadOnlyList<JsonElement> rows, IReadOnlyList<string> fields, Stream to, CancellationToken cancel)
    {
        foreach (var row in rows)
        {
            var cells = fields.Select(f => row.TryGetProperty(f, out var value) ? value.ValueKind switch
            {
                JsonValueKind.Null => "null",
                JsonValueKind.String => value.GetRawText(),
                _ => JsonSerializer.Serialize(value.GetRawText()),
            } : "null");
            await to.WriteAsync(Encoding.UTF8.GetBytes($"[{string.Join(',', cells)}]\n"), cancel);
        }
    }
}
