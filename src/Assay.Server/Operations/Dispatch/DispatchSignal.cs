using System.Data.Common;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Assay.Server.Store;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Assay.Server.Operations.Dispatch;

/// <summary>Wakes the dispatcher once a transaction that queued operations has committed. A lost signal costs a sweep's interval, no more.</summary>
internal sealed class DispatchSignal : DbTransactionInterceptor
{
    private static readonly object Marked = new();
    private readonly ConditionalWeakTable<Microsoft.EntityFrameworkCore.DbContext, object> waiting = [];
    private readonly Channel<bool> wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void AfterCommitOf(AssayDb db) => waiting.AddOrUpdate(db, Marked);

    public void Now() => wake.Writer.TryWrite(true);

    /// <summary>Waits for a signal, or for the time.</summary>
    public async Task WaitAsync(TimeSpan atMost, CancellationToken cancel)
    {
        using var timed = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        timed.CancelAfter(atMost);
        try { await wake.Reader.ReadAsync(timed.Token); }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested) { /* the time is up */ }
    }

    public override void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData)
    {
        if (eventData.Context is { } db && waiting.Remove(db)) Now();
    }

    public override Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        TransactionCommitted(transaction, eventData);
        return Task.CompletedTask;
    }
}
