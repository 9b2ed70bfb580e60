using Assay.Server.Operations.Running;
using Assay.Server.Store;
using Dapper;

namespace Assay.Server.Enrichment.Delivery;

/// <summary>
/// Lets one process at a time write to an enrichment store, for the order. That nothing is written twice does not hang on it: the store
/// itself knows which batches it has.
/// </summary>
internal sealed class DeliveryLease(StoreConnections store, WorkerName worker, TimeProvider clock)
{
    public static readonly TimeSpan Beat = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);
    private const int MostDoublings = 9;

    /// <summary>Stores for which something waits, that may be tried now, and that nobody is at.</summary>
    public async Task<IReadOnlyList<long>> DueAsync(CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        return [.. await connection.QueryAsync<long>(new CommandDefinition($"""
            SELECT s.datastore_id FROM evidence_state s JOIN datastores d ON d.id = s.datastore_id AND d.deleted IS NULL
            WHERE s.next_try <= {store.Kind.Now} AND (s.worker IS NULL OR s.lease_until < {store.Kind.Now})
            AND EXISTS (SELECT 1 FROM evidence_outbox o WHERE o.target_id = s.datastore_id)
            ORDER BY s.next_try, s.datastore_id
            """, cancellationToken: cancel))];
    }

    public Task<bool> TakeAsync(long targetId, CancellationToken cancel) => ChangeAsync($"""
        worker = @me, lease_until = {store.Kind.Now} + @length WHERE datastore_id = @targetId
        AND next_try <= {store.Kind.Now} AND (worker IS NULL OR lease_until < {store.Kind.Now})
        """, new { targetId, me = worker.Value, length = (long)Length.TotalMicroseconds }, cancel);

    /// <returns>False where another process has taken over.</returns>
    public Task<bool> KeepAsync(long targetId, CancellationToken cancel) => ChangeAsync(
        $"lease_until = {store.Kind.Now} + @length WHERE datastore_id = @targetId AND worker = @me",
        new { targetId, me = worker.Value, length = (long)Length.TotalMicroseconds }, cancel);

    /// <summary>All that waited is written.</summary>
    public Task SucceedAsync(long targetId, CancellationToken cancel) => ChangeAsync(
        "worker = NULL, lease_until = NULL, failures = 0, message = NULL, failed = NULL, next_try = 0 WHERE datastore_id = @targetId AND worker = @me",
        new { targetId, me = worker.Value }, cancel);

    /// <summary>The try failed; the next one is the later the more have failed.</summary>
    public Task FailAsync(long targetId, string message, CancellationToken cancel) => ChangeAsync($"""
        worker = NULL, lease_until = NULL, failures = failures + 1, message = @message, failed = @now,
        next_try = {store.Kind.Now} + {store.Kind.Least("@longest", $"@second * (1 << CAST({store.Kind.Least("failures", "@doublings")} AS int))")}
        WHERE datastore_id = @targetId AND worker = @me
        """, new
    {
        targetId,
        message,
        me = worker.Value,
        now = Microseconds.From(clock.UtcNow()),
        second = (long)TimeSpan.FromSeconds(1).TotalMicroseconds,
        longest = (long)LongestPause.TotalMicroseconds,
        doublings = (long)MostDoublings,
    }, cancel);

    /// <summary>Gives the store back with nothing said about it, as a process that shuts down does.</summary>
    public Task LetGoAsync(long targetId, CancellationToken cancel) => ChangeAsync(
        "worker = NULL, lease_until = NULL WHERE datastore_id = @targetId AND worker = @me", new { targetId, me = worker.Value }, cancel);

    public Task NoticeAsync(long targetId, string notice, CancellationToken cancel) =>
        ChangeAsync("notice = @notice WHERE datastore_id = @targetId", new { targetId, notice }, cancel);

    private async Task<bool> ChangeAsync(string change, object values, CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        return await connection.ExecuteAsync(new CommandDefinition($"UPDATE evidence_state SET {change}", values, cancellationToken: cancel)) == 1;
    }
}
