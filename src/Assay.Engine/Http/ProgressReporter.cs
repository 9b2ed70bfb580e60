namespace Assay.Engine.Http;

/// <summary>Asks for a statement's progress while it runs.</summary>
internal sealed class ProgressReporter : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;

    internal ProgressReporter(Endpoint endpoint, string queryId, IProgress<EngineProgress> sink, TimeProvider time) =>
        _loop = Task.Run(() => LoopAsync(endpoint, queryId, sink, time));

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        _stop.Dispose();
    }

    private async Task LoopAsync(Endpoint endpoint, string queryId, IProgress<EngineProgress> sink, TimeProvider time)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
            {
                if (await Processes.FindAsync(endpoint, queryId, _stop.Token) is { } progress)
                    sink.Report(progress);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or EngineException)
        {
            // Progress is a courtesy: the statement itself reports what is wrong.
        }
    }
}
