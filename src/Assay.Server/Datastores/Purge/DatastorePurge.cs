using System.Data.Common;
using Assay.Server.Store;
using Dapper;

namespace Assay.Server.Datastores.Purge;

/// <summary>
/// Removes deleted datastores in the background, a portion at a time with a pause after each as long as the portion took, so that
/// other writers always get their turn. Starts with what an earlier process left.
/// </summary>
internal sealed class DatastorePurge(StoreConnections store, PurgeBatch batch, PurgeSignal signal, TimeProvider clock, ILogger<DatastorePurge> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

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
                foreach (var id in await DeletedAsync(stoppingToken)) await PurgeAsync(id, stoppingToken);
            }
            catch (DbException problem)
            {
                log.LogWarning(problem, "The purge of deleted datastores is held up; it tries again in {Interval}", Interval);
            }
            await signal.WaitAsync(Interval, stoppingToken);
        }
    }

    // An operation that still runs on it has been told to stop; until its end is written the datastore stays.
    private async Task<IReadOnlyList<long>> DeletedAsync(CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        return [.. await connection.QueryAsync<long>(new CommandDefinition("""
            SELECT d.id FROM datastores d WHERE d.deleted IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM operations o WHERE o.datastore_id = d.id AND o.end_time IS NULL)
            ORDER BY d.deleted, d.id
            """, cancellationToken: cancel))];
    }

    private async Task PurgeAsync(long id, CancellationToken cancel)
    {
        while (true)
        {
            var started = clock.GetTimestamp();
            if (await batch.RunAsync(id, cancel) is not false) return;
            var took = clock.GetElapsedTime(started);
            await Task.Delay(took < ShortestPause ? ShortestPause : took > LongestPause ? LongestPause : took, clock, cancel);
        }
    }
}
