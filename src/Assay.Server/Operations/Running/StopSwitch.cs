namespace Assay.Server.Operations.Running;

/// <summary>Why a running operation is told to stop.</summary>
internal enum StopReason { None, Abort, Timeout, Shutdown, LeaseLost }

/// <summary>Stops one run; the first reason counts.</summary>
internal sealed class StopSwitch(CancellationTokenSource source)
{
    private int reason;

    public StopReason Reason => (StopReason)Volatile.Read(ref reason);
    public CancellationToken Token => source.Token;

    public void Stop(StopReason why)
    {
        if (Interlocked.CompareExchange(ref reason, (int)why, (int)StopReason.None) != (int)StopReason.None) return;
        try { source.Cancel(); }
        catch (ObjectDisposedException) { /* the run has just ended by itself */ }
    }
}
