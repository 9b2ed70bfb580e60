using Assay.Engine;
using Assay.Quality.Scanning;
using Assay.Server.Operations.Profile;
using Assay.Server.Operations.Running;
using Assay.Server.Reading;
using Assay.Server.Scans.Results;
using Assay.Sources.Reading;

namespace Assay.Server.Operations.Scan;

/// <summary>Scans one container: its rows into the engine, its checks over them, and what was found into the store.</summary>
internal sealed class ContainerScanner(
    ContainerReader reader, ScanChecks checks, ScanReferences references, ScanMeasurements measurements, ScanBounds bounds, ScanStore store, IEngine engine, TimeProvider clock)
{
    private const string PartitionColumn = "_assay_partition";
    private const string Vanished = "The container was deleted.";

    public async Task<ScanPart> RunAsync(OperationRun run, TargetContainer target, ScanSettings settings, DateTime started, CancellationToken cancel)
    {
        if (await reader.FindAsync(target.Id, cancel) is not { } stored) return new ScanPart(target.Name, 0, 0, 0, Vanished);
        var wanted = await checks.ActiveAsync(target.Id, settings, cancel);
        var found = wanted.Count == 0 ? Nothing(settings)
            : stored.Readable.Count == 0 ? throw new Sources.Contract.SourceException(new(Sources.Contract.SourceFaultCode.Unsupported, "read rows", "It has no field that may be read; a sync or a profile finds fields."))
            : await engine.RetryOnceAsync((_, stop) => TypedAsync(stored, wanted, settings, stop), cancel);
        var anomalies = await store.SaveAsync(run, stored, settings, started, found, cancel);
        return new ScanPart(target.Name, found.Records, anomalies, Math.Max(1, found.Partitions.Count), found.Problem);
    }

    /// <summary>Asserts checks on a container's rows and stores nothing.</summary>
    public async Task<ScanOutcome> TryAsync(StoredContainer stored, IReadOnlyList<StoredCheck> wanted, ScanSettings settings, CancellationToken cancel)
    {
        await using var opened = await references.OpenAsync(wanted, cancel);
        return await engine.RetryOnceAsync(async (_, stop) =>
        {
            var outcome = await OnceAsync(stored, wanted, settings, opened, null, stop);
            return outcome.Outcome;
        }, cancel);
    }

    // A file whose values are not all of the inferred types is judged as it is written.
    private async Task<ScannedContainer> TypedAsync(StoredContainer stored, IReadOnlyList<StoredCheck> wanted, ScanSettings settings, CancellationToken cancel)
    {
        var after = await bounds.BeginAsync(stored, settings, cancel);
        await using var opened = await references.OpenAsync(wanted, cancel);
        var (outcome, checkpoint) = await OnceAsync(stored, wanted, settings, opened, after, cancel);
        return Findings.Of(outcome, stored, after is null && settings.TakesAll, after is not null, settings.TakesAll ? checkpoint : null);
    }

    private async Task<(ScanOutcome Outcome, FoundCheckpoint? Checkpoint)> OnceAsync(
        StoredContainer stored, IReadOnlyList<StoredCheck> wanted, ScanSettings settings, OpenedReferences opened, IncrementalBound? after, CancellationToken cancel)
    {
        try
        {
            return await ReadAsync(stored, wanted, settings, opened, after, false, cancel);
        }
        catch (EngineException problem) when (problem.Fault is EngineFault.BadData or EngineFault.BadType && stored.IsSchemaless)
        {
            return await ReadAsync(stored, wanted, settings, opened, after, true, cancel);
        }
    }

    private async Task<(ScanOutcome Outcome, FoundCheckpoint? Checkpoint)> ReadAsync(
        StoredContainer stored, IReadOnlyList<StoredCheck> wanted, ScanSettings settings, OpenedReferences opened, IncrementalBound? after, bool text, CancellationToken cancel)
    {
        var partitions = settings.PartitionNames.Count == 0 ? null : stored.Partitions.Select(p => p.Name).Where(settings.PartitionNames.Contains).ToList();
        var byPartition = partitions is not null || reader.TellsPartitions(stored);
        await using var rows = await reader.OpenAsync(stored, read => read with
        {
            After = after,
            Text = text,
            Partitions = partitions,
            PartitionColumn = byPartition ? PartitionColumn : null,
            RowLimit = settings.MaxRecordsAnalyzedPerPartition > 0 && !byPartition ? settings.MaxRecordsAnalyzedPerPartition : null
        }, cancel);
        var checkpoint = await bounds.EndAsync(stored, rows, cancel);
        var outcome = await new Scanner(engine).RunAsync(new ScanRequest
        {
            Rows = new Relation(stored.Row.Name, Limited(rows.Sql, settings.MaxRecordsAnalyzedPerPartition, byPartition))
            {
                Bind = rows.Bind,
                Fields = [.. stored.Readable.Select(Checks.Writes.CheckReviewer.Type)],
                Datastore = stored.Datastore.Name,
                PartitionColumn = byPartition ? PartitionColumn : null,
                IsDivided = stored.Row.ContainerType != "file" || stored.Partitions.Count > 1,
            },
            Checks = [.. wanted.Select(c => new ScanCheck(c.Definition, opened.For(c)))],
            Measurements = await measurements.OfAsync(stored, wanted, rows, after is null && settings.TakesAll, cancel),
            RollupThreshold = (int)(settings.HighCountRollupThreshold ?? stored.Datastore.HighCountRollupThreshold),
            SourceRecordLimit = settings.EnrichmentSourceRecordLimit ?? stored.Datastore.EnrichmentSourceRecordLimit,
            Variables = settings.CheckVariables,
            Now = clock.GetUtcNow(),
            IncrementalField = stored.Row.IncrementalFieldName is { } field && stored.Readable.Any(f => f.Name == field) ? field : null,
        }, cancel);
        return (outcome, checkpoint);
    }

    private static string Limited(string sql, long most, bool byPartition) =>
        most < 0 ? sql : byPartition ? $"SELECT * FROM ({sql}) LIMIT {most} BY {EngineName.Quote(PartitionColumn)}" : $"SELECT * FROM ({sql}) LIMIT {most}";

    private static ScannedContainer Nothing(ScanSettings settings) => new(0, false, settings.Incremental, null, [], [], null);
}
