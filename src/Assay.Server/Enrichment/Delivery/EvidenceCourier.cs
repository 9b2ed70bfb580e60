using System.Collections.Concurrent;
using System.Data.Common;

namespace Assay.Server.Enrichment.Delivery;

/// <summary>Brings evidence to enrichment stores in the background, a few of them side by side, so that one that is slow or down holds up no other.</summary>
internal sealed class EvidenceCourier(StoreDelivery delivery, DeliveryLease lease, TimeProvider clock, ILogger<EvidenceCourier> log) : BackgroundService
{
    private const int MostAtOnce = 8;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan AfterTrouble = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<long, Task> running = new();

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
        await Task.WhenAll(running.Values);
    }

    private async Task<TimeSpan> SweepAsync(CancellationToken cancel)
    {
        try
        {
            foreach (var store in await lease.DueAsync(cancel))
                if (running.Count < MostAtOnce && !running.ContainsKey(store)) Begin(store, cancel);
            return Interval;
        }
        catch (DbException problem)
        {
            log.LogWarning(problem, "The outbox of evidence could not be read; it is tried again in {Interval}", AfterTrouble);
            return AfterTrouble;
        }
    }

    private void Begin(long store, CancellationToken cancel)
    {
        var begun = new TaskCompletionSource();
        running[store] = RunAsync();
        begun.SetResult();

        async Task RunAsync()
        {
            await begun.Task; // it must be noted before it can end
            await Task.Yield();
            try
            {
                await delivery.RunAsync(store, cancel);
            }
            catch (Exception problem) when (problem is DbException or OperationCanceledException)
            {
                if (!cancel.IsCancellationRequested) log.LogWarning(problem, "How the enrichment store {Store} took its evidence could not be noted", store);
            }
            finally
            {
                running.TryRemove(store, out _);
            }
        }
    }
}
