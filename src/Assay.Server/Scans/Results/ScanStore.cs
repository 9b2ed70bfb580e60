using Assay.Server.Anomalies;
using Assay.Server.Checks;
using Assay.Server.Datastores;
using Assay.Server.Enrichment.Outbox;
using Assay.Server.Operations;
using Assay.Server.Operations.Running;
using Assay.Server.Operations.Scan;
using Assay.Server.Reading;
using Assay.Server.Store;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Scans.Results;

/// <summary>
/// Writes what a scan found in a container: anomalies with their evidence, results of checks and the checkpoint in one transaction, and
/// only while the operation's attempt is the current one. Whatever is killed whenever, a container's results are there once or not at all.
/// </summary>
internal sealed class ScanStore(IDbContextFactory<AssayDb> contexts, TimeProvider clock)
{
    /// <returns>The number of anomalies stored.</returns>
    public async Task<long> SaveAsync(OperationRun run, StoredContainer stored, ScanSettings settings, DateTime started, ScannedContainer found, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        if (await db.LockDatastoreAsync(stored.Datastore.Id, cancel) is not { } source) return 0; // deleted meanwhile: there is nothing to keep
        await FenceAsync(db, run, cancel);
        var now = clock.UtcNow();
        var scan = await AddScanAsync(db, run.Id, new ContainerScan
        {
            OperationId = run.Id,
            ContainerId = stored.Row.Id,
            Created = now,
            StartTime = started,
            EndTime = now,
            Result = found.Problem is null ? OperationResult.Success : OperationResult.Failure,
            Message = found.Problem,
            Incremental = found.Incremental,
            Whole = found.Whole,
            RecordsProcessed = found.Records,
            AnomalyCount = found.Anomalies.Count,
            ChecksAsserted = found.Results.Count(r => r.Result != FoundResult.Unasserted),
        }, cancel);
        var parts = PartitionScan.Of(scan, found).ToDictionary(p => p.Name, StringComparer.Ordinal);
        db.AddRange(parts.Values);
        await db.SaveChangesAsync(cancel);
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        await new AnomalyIntake(db, settings, scan, now).StoreAsync(found, cancel);
        await WriteResultsAsync(db, scan, parts, found.Results, now, cancel);
        if (found.Checkpoint is { } checkpoint) await MoveCheckpointAsync(db, stored.Row.Id, checkpoint, now, cancel);
        await db.CountAnomaliesAsync(stored.Datastore.Id, cancel);
        // Rows from outside are nobody's to repair: they are not copied.
        await db.AddEvidenceAsync(source, scan, run.Type == ScanKind.Name ? source.EnrichmentRemediationStrategy : Datastore.NoRemediation, Limits(source, settings), cancel);
        await transaction.CommitAsync(CancellationToken.None); // once begun, whether it happened must be known
        return found.Anomalies.Count;
    }

    public async Task SaveFailureAsync(OperationRun run, long containerId, ScanSettings settings, DateTime started, string problem, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await FenceAsync(db, run, cancel);
        var now = clock.UtcNow();
        var scan = await AddScanAsync(db, run.Id, new ContainerScan
        {
            OperationId = run.Id,
            ContainerId = containerId,
            Created = now,
            StartTime = started,
            EndTime = now,
            Result = OperationResult.Failure,
            Message = problem,
        }, cancel);
        if (await db.LockDatastoreAsync(run.DatastoreId, cancel) is { } source) await db.AddEvidenceAsync(source, scan, Datastore.NoRemediation, Limits(source, settings), cancel);
        await transaction.CommitAsync(CancellationToken.None);
    }

    private static (long Records, long Read) Limits(Datastore source, ScanSettings settings) =>
        (settings.EnrichmentSourceRecordLimit ?? source.EnrichmentSourceRecordLimit, settings.MaxRecordsAnalyzedPerPartition);

    /// <summary>Takes the operation's row, so that no other attempt can begin before this one has committed.</summary>
    private static async Task FenceAsync(AssayDb db, OperationRun run, CancellationToken cancel)
    {
        if (await db.Set<Operation>().Where(o => o.Id == run.Id && o.Attempt == run.Attempt && o.Result == OperationResult.Running)
                .ExecuteUpdateAsync(set => set.SetProperty(o => o.Attempt, o => o.Attempt), cancel) == 0) throw new LeaseLostException();
    }

    // A resumed operation tries again what failed before.
    private static async Task<ContainerScan> AddScanAsync(AssayDb db, long operation, ContainerScan scan, CancellationToken cancel)
    {
        await db.Set<ContainerScan>().Where(s => s.OperationId == operation && s.ContainerId == scan.ContainerId && s.Result == OperationResult.Failure).ExecuteDeleteAsync(cancel);
        db.Add(scan);
        await db.SaveChangesAsync(cancel);
        return scan;
    }

    private static async Task WriteResultsAsync(
        AssayDb db, ContainerScan scan, IReadOnlyDictionary<string, PartitionScan> parts, IReadOnlyList<FoundResult> results, DateTime now, CancellationToken cancel)
    {
        // Checks may have been deleted while the container was read.
        var ids = results.Select(r => r.CheckId).ToArray();
        var there = (await db.Set<QualityCheck>().Where(c => EF.Parameter(ids).Contains(c.Id)).Select(c => c.Id).ToListAsync(cancel)).ToHashSet();
        var kept = results.Where(r => there.Contains(r.CheckId)).ToList();
        db.AddRange(kept.Select(r => new CheckResult
        {
            ContainerScanId = scan.Id,
            CheckId = r.CheckId,
            Created = now,
            AssertionResult = r.Result,
            AssertionDetails = r.Details,
            AssertedRecords = r.Asserted,
            AnomalousRecords = r.Anomalous,
            Measurement = r.Measurement,
            ByPartition = r.Partitions is not null,
        }));
        db.AddRange(kept.SelectMany(r => PartitionResult.Of(parts, r)));
        await db.SaveChangesAsync(cancel);
        foreach (var passing in new[] { true, false })
        {
            var judged = results.Where(r => r.Result == (passing ? FoundResult.Passed : FoundResult.Failed)).Select(r => r.CheckId).ToArray();
            if (judged.Length > 0)
                await db.Set<QualityCheck>().Where(c => EF.Parameter(judged).Contains(c.Id)).ExecuteUpdateAsync(set => set
                    .SetProperty(c => c.LastAsserted, now).SetProperty(c => c.IsPassing, passing).SetProperty(c => c.NumContainerScans, c => c.NumContainerScans + 1), cancel);
        }
    }

    private static async Task MoveCheckpointAsync(AssayDb db, long container, FoundCheckpoint checkpoint, DateTime now, CancellationToken cancel)
    {
        var updated = Microseconds.From(now);
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO scan_checkpoints (container_id, field, value, updated) VALUES ({container}, {checkpoint.Field}, {checkpoint.Value}, {updated})
            ON CONFLICT (container_id) DO UPDATE SET field = excluded.field, value = excluded.value, updated = excluded.updated
            """, cancel);
    }
}
