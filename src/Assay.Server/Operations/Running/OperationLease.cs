using System.Data.Common;
using Assay.Server.Store;
using Dapper;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Assay.Server.Operations.Running;

/// <summary>
/// Who may write results of an operation. A worker claims it, which raises its attempt number, and keeps it by heartbeats; every
/// write names the attempt, so that one who was given up for dead changes nothing when it wakes.
/// </summary>
internal sealed class OperationLease(StoreConnections store, WorkerName worker, TimeProvider clock)
{
    public static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);
    /// <summary>Without a heartbeat for this long, others take the operation over.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromSeconds(15);

    /// <summary>Takes a queued operation; null where it is no longer queued, or another run of the same kind holds the datastore.</summary>
    public async Task<ClaimedOperation?> ClaimAsync(long id, CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        try
        {
            return await connection.QuerySingleOrDefaultAsync<ClaimedOperation>(new CommandDefinition($"""
                UPDATE operations SET result = 'running', attempt = attempt + 1, worker = @worker, heartbeat = {store.Kind.Now},
                       start_time = COALESCE(start_time, @now)
                WHERE id = @id AND result = 'queued'
                RETURNING id, type, datastore_id AS DatastoreId, settings, attempt, triggered_by_id AS TriggeredById
                """, new { id, worker = worker.Value, now = Microseconds.From(clock.UtcNow()) }, cancellationToken: cancel));
        }
        catch (Exception problem) when (IsTaken(problem))
        {
            return null;
        }
    }

    /// <summary>Renews the lease and writes the counters.</summary>
    /// <returns>Whether an abort is wanted; null where the operation is no longer this attempt's.</returns>
    public async Task<bool?> BeatAsync(OperationRun run, CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        return await connection.QuerySingleOrDefaultAsync<bool?>(new CommandDefinition($"""
            UPDATE operations SET heartbeat = {store.Kind.Now}, status = @status
            WHERE id = @id AND attempt = @attempt AND result = 'running' RETURNING abort_requested
            """, new { id = run.Id, attempt = run.Attempt, status = run.StatusJson() }, cancellationToken: cancel));
    }

    /// <summary>Writes the end; false where the operation is no longer this attempt's.</summary>
    public async Task<bool> EndAsync(OperationRun run, OperationEnding ending, CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        return await EndAsync(connection, null, run, ending, cancel);
    }

    public async Task<bool> EndAsync(
        DbConnection connection, DbTransaction? transaction, OperationRun run, OperationEnding ending, CancellationToken cancel) =>
        await connection.ExecuteAsync(new CommandDefinition("""
            UPDATE operations SET result = @result, message = @message, status = @status, end_time = @now,
                   duration = @now - start_time, worker = NULL, heartbeat = NULL
            WHERE id = @id AND attempt = @attempt AND result = 'running'
            """, new
        {
            id = run.Id,
            attempt = run.Attempt,
            result = ending.Result,
            message = ending.Message,
            status = run.StatusJson(),
            now = Microseconds.From(clock.UtcNow()),
        }, transaction, cancellationToken: cancel)) == 1;

    /// <summary>Gives the operation back, as a worker that shuts down does; another run of it does not count as an interruption.</summary>
    public async Task HandBackAsync(OperationRun run, CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        await connection.ExecuteAsync(new CommandDefinition("""
            UPDATE operations SET result = 'queued', worker = NULL, heartbeat = NULL
            WHERE id = @id AND attempt = @attempt AND result = 'running'
            """, new { id = run.Id, attempt = run.Attempt }, cancellationToken: cancel));
    }

    private static bool IsTaken(Exception problem) => problem switch
    {
        PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } => true,
        SqliteException { SqliteExtendedErrorCode: 2067 } => true, // SQLITE_CONSTRAINT_UNIQUE
        _ => false,
    };
}
