using System.Data.Common;
using Assay.Engine;
using Assay.Server.Datastores;
using Assay.Server.Enrichment.Outbox;
using Assay.Server.Enrichment.Tables;
using Assay.Server.Store;
using Assay.Sources.Contract;
using Assay.Sources.Writing;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Enrichment.Delivery;

/// <summary>Writes all that waits for one enrichment store, in order, and notes how it went.</summary>
internal sealed class StoreDelivery(
    IDbContextFactory<AssayDb> contexts, EnrichmentStores stores, EntryProgress progress, EntryDelivery entries, DeliveryLease lease, TimeProvider clock, ILogger<StoreDelivery> log)
{
    public async Task RunAsync(long targetId, CancellationToken shutdown)
    {
        if (!await lease.TakeAsync(targetId, shutdown)) return;
        using var lost = CancellationTokenSource.CreateLinkedTokenSource(shutdown);
        using var done = new CancellationTokenSource();
        var keeping = KeepAsync(targetId, lost, done.Token);
        var problem = await TryAsync(targetId, lost.Token);
        await done.CancelAsync();
        await keeping;
        // How it went must be written down whatever else is being stopped.
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(15));
        if (problem is null) await lease.SucceedAsync(targetId, patience.Token);
        else if (problem is EntryMovedException or OperationCanceledException) await lease.LetGoAsync(targetId, patience.Token);
        else await lease.FailAsync(targetId, Words(targetId, problem), patience.Token);
    }

    private async Task<Exception?> TryAsync(long targetId, CancellationToken cancel)
    {
        try
        {
            await WriteAsync(targetId, cancel);
            return null;
        }
        catch (Exception problem)
        {
            return cancel.IsCancellationRequested ? new OperationCanceledException() : problem;
        }
    }

    private async Task WriteAsync(long targetId, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        if (await db.Set<Datastore>().AsNoTracking().FirstOrDefaultAsync(d => d.Id == targetId && d.Deleted == null, cancel) is not { } store) return;
        var failures = await db.Set<EvidenceState>().Where(s => s.DatastoreId == targetId).Select(s => s.Failures).FirstAsync(cancel);
        ITableWriter? writer = null;
        try
        {
            while (await progress.NextAsync(targetId, cancel) is { } entry)
            {
                writer ??= await stores.OpenWriterAsync(store, cancel);
                await entries.RunAsync(entry, writer, failures, cancel);
                failures = 0;
            }
        }
        finally
        {
            if (writer is not null) await writer.DisposeAsync();
        }
    }

    private string Words(long targetId, Exception problem)
    {
        if (problem is SourceException source) return source.Message;
        log.LogWarning(problem, "Evidence could not be written to the enrichment store {Store}", targetId);
        return problem switch
        {
            DbException => "Assay's own store could not be read; its log has the details.",
            EngineException => "The engine could not make the table's files; Assay's log has the details.",
            _ => "Assay itself failed; its log has the details.",
        };
    }

    private async Task KeepAsync(long targetId, CancellationTokenSource lost, CancellationToken done)
    {
        try
        {
            while (true)
            {
                await Task.Delay(DeliveryLease.Beat, clock, done);
                try
                {
                    if (!await lease.KeepAsync(targetId, done)) await lost.CancelAsync();
                }
                catch (DbException problem)
                {
                    log.LogWarning(problem, "The lease on the enrichment store {Store} could not be renewed", targetId);
                }
            }
        }
        catch (OperationCanceledException) { /* the delivery has ended */ }
    }
}
