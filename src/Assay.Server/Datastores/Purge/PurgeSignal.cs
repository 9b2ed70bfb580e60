using System.Threading.Channels;

namespace Assay.Server.Datastores.Purge;

/// <summary>Wakes the purge when a datastore was deleted. A lost signal costs the purge's interval, no more.</summary>
internal sealed class PurgeSignal
{
    private readonly Channel<bool> wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Now() => wake.Writer.TryWrite(true);

    public async Task WaitAsync(TimeSpan atMost, CancellationToken cancel)
    {
        using var timed = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        timed.CancelAfter(atMost);
        try { await wake.Reader.ReadAsync(timed.Token); }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested) { /* the time is up */ }
    }
}
