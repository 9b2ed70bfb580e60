namespace Assay.Engine.Supervision;

/// <summary>What a look at the engine's process has shown.</summary>
internal enum Fate { Fine, Idle, Hangs }

/// <summary>Looks after one process from time to time.</summary>
internal sealed class HealthCheck(EngineProcess process, TimeProvider time)
{
    private const int TriesBeforeHanging = 3;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan PingLimit = TimeSpan.FromSeconds(10);

    private int _failures;

    /// <summary>Waits until it is time for a look, or the process has ended, and looks.</summary>
    internal async Task<Fate> WaitAsync(Usage usage, TimeSpan idleStop, CancellationToken cancellation)
    {
        var pause = idleStop > TimeSpan.Zero && idleStop < Interval ? idleStop : Interval;
        try
        {
            await Task.WhenAny(process.Exited, Task.Delay(pause, time, cancellation));
            cancellation.ThrowIfCancellationRequested();
            if (process.IsDead)
                return Fate.Fine;
            if (usage.IsIdleFor(idleStop))
                return Fate.Idle;
            _failures = await PingAsync(cancellation) ? 0 : _failures + 1;
            return _failures >= TriesBeforeHanging ? Fate.Hangs : Fate.Fine;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return Fate.Fine;
        }
    }

    private async Task<bool> PingAsync(CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(PingLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
        try
        {
            using var response = await process.Http.GetAsync("/ping", either.Token);
            return response.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or ObjectDisposedException)
        {
            return false;
        }
    }
}
