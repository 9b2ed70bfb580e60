using System.Text.Json;
using Assay.Server.Enrichment.Tables;
using Assay.Server.Store;
using Assay.Sources.Contract;
using Assay.Sources.Writing;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Enrichment.Delivery;

/// <summary>Writes what one entry of the outbox says, from where the last try stopped.</summary>
internal sealed class EntryDelivery(IDbContextFactory<AssayDb> contexts, EntryProgress progress, EvidenceRows rows, WrittenTables tables, DeliveryLease lease, ILogger<EntryDelivery> log)
{
    /// <summary>Tries after which copies of rows that a store refuses are left out, so that they do not hold up the evidence for ever.</summary>
    public const int MostTriesOfCopies = 5;

    /// <param name="failures">Tries that have failed before this one.</param>
    /// <exception cref="SourceException">The store refuses, or cannot be reached.</exception>
    /// <exception cref="EntryMovedException">The entry is not this delivery's any more.</exception>
    public async Task RunAsync(QueuedEntry entry, ITableWriter writer, long failures, CancellationToken cancel)
    {
        if (entry.Tables is { } names) await DropAsync(entry, JsonSerializer.Deserialize<List<string>>(names)!, writer, cancel);
        else if (await ScanAsync(entry, cancel) is { } scan) await WriteAsync(scan, writer, failures, cancel);
        else await progress.FinishAsync(entry, cancel);
    }

    private async Task<ScanEvidence?> ScanAsync(QueuedEntry entry, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await ScanEvidence.FindAsync(db, entry, cancel);
    }

    private async Task DropAsync(QueuedEntry entry, List<string> names, ITableWriter writer, CancellationToken cancel)
    {
        foreach (var name in names) await writer.DropAsync(name, cancel);
        await tables.ForgetAsync(entry.TargetId, names, cancel);
        await progress.FinishAsync(entry, cancel);
    }

    private async Task WriteAsync(ScanEvidence scan, ITableWriter writer, long failures, CancellationToken cancel)
    {
        var entry = scan.Entry;
        while (entry.Step < EvidenceParts.Count)
        {
            var written = entry.Step == EvidenceParts.Remediation ? await tables.ColumnsAsync(entry.TargetId, EvidenceParts.RemediationTable(scan), cancel) : [];
            if (EvidenceParts.Of((int)entry.Step, scan, written) is { } part) entry = await PartAsync(entry, part, writer, failures, cancel);
            entry = await progress.NextStepAsync(entry, cancel);
        }
        await progress.FinishAsync(entry, cancel);
    }

    private async Task<QueuedEntry> PartAsync(QueuedEntry entry, EvidencePart part, ITableWriter writer, long failures, CancellationToken cancel)
    {
        try
        {
            return await BatchesAsync(entry, part, writer, cancel);
        }
        catch (SourceException refused) when (entry.Step == EvidenceParts.Remediation && IsForGood(refused.Fault, failures))
        {
            log.LogWarning(refused, "Rows of container {Container} are not copied to the enrichment store {Store}", part.Owner.ContainerId, entry.TargetId);
            await lease.NoticeAsync(entry.TargetId, $"Rows of '{part.Owner.Label}' (operation {entry.OperationId}) were not copied: {refused.Message}", cancel);
            return await progress.NextAsync(entry.TargetId, cancel) is { } now && now.Id == entry.Id ? now : throw new EntryMovedException();
        }
    }

    private async Task<QueuedEntry> BatchesAsync(QueuedEntry entry, EvidencePart part, ITableWriter writer, CancellationToken cancel)
    {
        var end = await UntilAsync(entry, part, cancel);
        if (end is null && part.OnlyWithRows) return entry;
        await tables.NoteAsync(entry.TargetId, part.Owner, part.Table, cancel);
        await writer.PrepareAsync(part.Table, cancel);
        for (var marked = -1L; ;)
        {
            var marking = MarkAsync(entry, marked, cancel);
            marked = entry.After1;
            if (end is not { } until)
            {
                await marking;
                return entry;
            }
            if (entry.Until1 is null) entry = await progress.PlanAsync(entry, until, cancel);
            var written = EntryProgress.Behind(entry);
            // Where the next one ends is looked up while this one is on its way.
            var next = Task.Run(() => UntilAsync(written, part, cancel), cancel);
            await Task.WhenAll(WriteAsync(entry, part, writer, cancel), next, marking);
            entry = await progress.AdvanceAsync(entry, cancel);
            end = await next;
        }
    }

    /// <summary>Anomalies whose records are there are marked while the next batch is on its way; those of a try before this one, of which nobody knows how far it came, anew.</summary>
    private Task MarkAsync(QueuedEntry reached, long from, CancellationToken cancel) =>
        reached is { Step: EvidenceParts.SourceRecords, After1: >= 0 } ? Task.Run(() => progress.MarkEnrichedAsync(reached, from, cancel), cancel) : Task.CompletedTask;

    private async Task WriteAsync(QueuedEntry batch, EvidencePart part, ITableWriter writer, CancellationToken cancel)
    {
        var content = rows.Batch(part, batch);
        if (part.Replaces && batch.Batch == 0) await writer.ReplaceAsync(part.Table, batch.BatchName, content, cancel);
        else await writer.AppendAsync(part.Table, batch.BatchName, content, cancel);
    }

    private async Task<(long, long)?> UntilAsync(QueuedEntry entry, EvidencePart part, CancellationToken cancel) =>
        entry is { Until1: { } first, Until2: { } second } ? (first, second) : entry.After1 == long.MaxValue ? null : await rows.EndAsync(part, entry, cancel);

    /// <summary>Whether no further try would help.</summary>
    private static bool IsForGood(SourceFault fault, long failures) =>
        fault.Code == SourceFaultCode.Unsupported || fault.Code == SourceFaultCode.SourceError && failures + 1 >= MostTriesOfCopies;
}
