using Quartz;

namespace Assay.Server.Operations.Dispatch;

/// <summary>
/// Brings what is stored and what Quartz knows together: at start, on every signal and at short intervals it gives queued operations
/// that have no trigger one, and takes operations back from workers that died. A crash between storing and scheduling loses nothing.
/// </summary>
internal sealed class Dispatcher(
    ISchedulerFactory schedulers, QueuedOperations queue, Recovery recovery, DispatchSignal signal, ILogger<Dispatcher> log) : BackgroundService
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await RunAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // A start that fails elsewhere, as on a port in use, stops this too; the host would call that an error of ours.
        }
    }

    private async Task RunAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await recovery.TakeBackAsync(stoppingToken);
                await ScheduleAsync(stoppingToken);
            }
            catch (Exception problem) when (problem is System.Data.Common.DbException or SchedulerException)
            {
                log.LogWarning(problem, "Dispatch is held up; it tries again in {Interval}", Interval);
            }
            await signal.WaitAsync(Interval, stoppingToken);
        }
    }

    private async Task ScheduleAsync(CancellationToken cancel)
    {
        var waiting = await queue.WithoutTriggerAsync(cancel);
        if (waiting.Count == 0) return;
        var scheduler = await schedulers.GetScheduler(cancel);
        foreach (var operation in waiting)
            await scheduler.ScheduleJob(OperationJob.Job(operation), [OperationJob.Trigger(operation)], ScheduleJobOptions.Replacing, cancel);
    }
}
