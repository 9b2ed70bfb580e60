using Assay.Server.Settings;
using Assay.Sources.Contract;

namespace Assay.Server.Operations.Running;

/// <summary>Runs one operation from claim to end, keeping its lease and obeying abort, time-out and shutdown.</summary>
internal sealed class OperationRunner(
    IEnumerable<IOperationKind> kinds, OperationLease lease, RunningOperations running, AssaySettings settings, TimeProvider clock,
    ILogger<OperationRunner> log)
{
    /// <param name="shutdown">Cancelled when this process stops: the operation is handed back.</param>
    public async Task RunAsync(long id, CancellationToken shutdown)
    {
        if (shutdown.IsCancellationRequested || await lease.ClaimAsync(id, shutdown) is not { } claim) return;
        var run = new OperationRun(claim, lease);
        using var source = new CancellationTokenSource();
        var stop = running.Enter(id, new StopSwitch(source));
        try
        {
            using var byShutdown = shutdown.Register(() => stop.Stop(StopReason.Shutdown));
            await using var byTime = clock.CreateTimer(_ => stop.Stop(StopReason.Timeout), null, TimeSpan.FromMinutes(settings.OperationTimeoutMinutes), Timeout.InfiniteTimeSpan);
            using var beating = new CancellationTokenSource();
            var heart = BeatAsync(run, stop, beating.Token);
            var ending = await WorkAsync(run, stop);
            await beating.CancelAsync();
            await heart;
            await EndAsync(run, stop, ending); // finds nothing to do where a kind has written the end itself
        }
        finally
        {
            running.Leave(id);
        }
    }

    private async Task<OperationEnding?> WorkAsync(OperationRun run, StopSwitch stop)
    {
        try
        {
            return await kinds.First(k => k.Type == run.Type).RunAsync(run, stop.Token);
        }
        catch (Exception) when (stop.Reason != StopReason.None)
        {
            return null; // whatever a source throws when it is cut off, the reason is ours
        }
        catch (LeaseLostException)
        {
            stop.Stop(StopReason.LeaseLost);
            return null;
        }
        catch (SourceException problem)
        {
            log.LogInformation("Operation {Operation} failed at the source: {Fault} in '{Step}'", run.Id, problem.Fault.Code, problem.Fault.Step);
            return OperationEnding.Failure(problem.Message);
        }
        catch (Exception problem)
        {
            log.LogError(problem, "Operation {Operation} failed", run.Id);
            return OperationEnding.Failure($"Assay itself failed; its log has the details under operation {run.Id}.");
        }
    }

    private async Task EndAsync(OperationRun run, StopSwitch stop, OperationEnding? ending)
    {
        // The end must be written whatever else is being stopped, so it has a time of its own.
        using var patience = new CancellationTokenSource(OperationLease.Length);
        ending ??= stop.Reason switch
        {
            StopReason.Abort => OperationEnding.Aborted("The operation was aborted."),
            StopReason.Timeout => OperationEnding.Failure($"The operation was stopped after {settings.OperationTimeoutMinutes} minutes (ASSAY_OPERATION_TIMEOUT_MINUTES)."),
            _ => null,
        };
        try
        {
            if (ending is not null) await lease.EndAsync(run, ending, patience.Token);
            else if (stop.Reason == StopReason.Shutdown) await lease.HandBackAsync(run, patience.Token);
            else log.LogWarning("Operation {Operation}: attempt {Attempt} lost its lease and wrote nothing", run.Id, run.Attempt);
        }
        catch (Exception problem) when (problem is System.Data.Common.DbException or OperationCanceledException)
        {
            log.LogError(problem, "Operation {Operation}: its end could not be written; the lease will run out", run.Id);
        }
    }

    private async Task BeatAsync(OperationRun run, StopSwitch stop, CancellationToken cancel)
    {
        var last = clock.GetTimestamp();
        try
        {
            while (true)
            {
                await Task.Delay(OperationLease.Beat, clock, cancel);
                try
                {
                    if (await lease.BeatAsync(run, cancel) is { } abort)
                    {
                        last = clock.GetTimestamp();
                        if (abort) stop.Stop(StopReason.Abort);
                    }
                    else if (!run.Ending) stop.Stop(StopReason.LeaseLost);
                }
                catch (System.Data.Common.DbException problem)
                {
                    log.LogWarning(problem, "Operation {Operation}: a heartbeat failed", run.Id);
                    if (clock.GetElapsedTime(last) > OperationLease.Length) stop.Stop(StopReason.LeaseLost);
                }
            }
        }
        catch (OperationCanceledException) { /* the work has ended */ }
    }
}
