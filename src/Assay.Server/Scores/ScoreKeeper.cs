using System.Data.Common;

namespace Assay.Server.Scores;

/// <summary>
/// Keeps scores up to date in the background: what changed left a mark in the store, also before this process started. A datastore's first
/// change counts at once; what follows within five seconds is calculated together.
/// </summary>
internal sealed class ScoreKeeper(ScoreCalculation calculation, TimeProvider clock, ILogger<ScoreKeeper> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan AfterTrouble = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true) await Task.Delay(await SweepAsync(stoppingToken), clock, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // A start that fails elsewhere, as on a port in use, stops this too; the host would call that an error of ours.
        }
    }

    private async Task<TimeSpan> SweepAsync(CancellationToken cancel)
    {
        try
        {
            foreach (var datastore in await calculation.DueAsync(cancel))
                while (await calculation.RunAsync(datastore, cancel)) { /* the next portion of its containers */ }
            return Interval;
        }
        catch (DbException problem)
        {
            log.LogWarning(problem, "Quality scores are held up; they are tried again in {Interval}", AfterTrouble);
            return AfterTrouble;
        }
    }
}
