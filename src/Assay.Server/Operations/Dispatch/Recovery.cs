using Assay.Server.Operations.Running;
using Assay.Server.Store;
using Dapper;

namespace Assay.Server.Operations.Dispatch;

/// <summary>
/// Takes operations back from workers that died: queued again the first time, failed the second, aborted where that was wanted.
/// </summary>
internal sealed class Recovery(StoreConnections store, RunningOperations running, TimeProvider clock, ILogger<Recovery> log)
{
    public const long MostInterruptions = 1;
    private bool started;

    public async Task TakeBackAsync(CancellationToken cancel)
    {
        // On SQLite one worker at most has the store (WorkerLock), so whatever ran before this process started is dead without a wait.
        var alone = store.Kind == StoreKind.Sqlite && !started;
        await using var connection = await store.OpenAsync(cancel);
        var dead = (await connection.QueryAsync<long>(new CommandDefinition($"""
            SELECT id FROM operations WHERE end_time IS NULL AND result = 'running' AND (@alone OR heartbeat < {store.Kind.Now} - @lease)
            """, new { alone, lease = (long)OperationLease.Length.TotalMicroseconds }, cancellationToken: cancel))).Except(running.Ids).ToArray();
        foreach (var id in dead)
        {
            var result = await connection.QuerySingleOrDefaultAsync<string>(new CommandDefinition($"""
                UPDATE operations SET
                    interruptions = interruptions + 1, worker = NULL, heartbeat = NULL,
                    result = CASE WHEN abort_requested THEN 'aborted' WHEN interruptions < @most THEN 'queued' ELSE 'failure' END,
                    end_time = CASE WHEN abort_requested OR interruptions >= @most THEN @now END,
                    duration = CASE WHEN abort_requested OR interruptions >= @most THEN @now - start_time END,
                    message = CASE WHEN abort_requested THEN 'The operation was aborted.' WHEN interruptions >= @most THEN @text END
                WHERE id = @id AND result = 'running' AND (@alone OR heartbeat < {store.Kind.Now} - @lease)
                RETURNING result
                """, new
            {
                id,
                alone,
                lease = (long)OperationLease.Length.TotalMicroseconds,
                most = MostInterruptions,
                now = Microseconds.From(clock.UtcNow()),
                text = "The worker died twice while running this operation; it is not tried again.",
            }, cancellationToken: cancel));
            if (result is not null) log.LogWarning("Operation {Operation} was interrupted: its worker is gone. Now {Result}", id, result);
        }
        started = true;
    }
}
