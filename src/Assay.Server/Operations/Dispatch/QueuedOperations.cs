using Assay.Server.Store;
using Dapper;

namespace Assay.Server.Operations.Dispatch;

/// <summary>Finds queued operations that Quartz does not know of yet.</summary>
internal sealed class QueuedOperations(StoreConnections store)
{
    public async Task<IReadOnlyList<QueuedOperation>> WithoutTriggerAsync(CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        return [.. await connection.QueryAsync<QueuedOperation>(new CommandDefinition("""
            SELECT o.id AS Id, o.type AS Type, o.datastore_id AS DatastoreId, d.connection_id AS ConnectionId
            FROM operations o JOIN datastores d ON d.id = o.datastore_id
            WHERE o.end_time IS NULL AND o.result = 'queued'
              AND NOT EXISTS (SELECT 1 FROM qrtz_triggers t WHERE t.sched_name = @scheduler AND t.trigger_name = CAST(o.id AS TEXT) AND t.trigger_group = 'operations')
            ORDER BY o.id
            """, new { scheduler = DispatchRegistration.SchedulerName }, cancellationToken: cancel))];
    }
}
