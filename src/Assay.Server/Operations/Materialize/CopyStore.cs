using Assay.Server.Operations.Running;
using Assay.Server.Store;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Operations.Materialize;

/// <summary>Keeps what became of copies, and only while the operation's attempt is the current one.</summary>
internal sealed class CopyStore(IDbContextFactory<AssayDb> contexts)
{
    public async Task<ContainerCopy?> FindAsync(long containerId, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await db.Set<ContainerCopy>().AsNoTracking().FirstOrDefaultAsync(c => c.ContainerId == containerId, cancel);
    }

    public async Task SaveAsync(OperationRun run, ContainerCopy copy, CancellationToken cancel)
    {
        var (started, ended) = (Microseconds.From(copy.StartTime), copy.EndTime is { } time ? Microseconds.From(time) : (long?)null);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var written = await db.Database.ExecuteSqlAsync($"""
            INSERT INTO container_copies (container_id, store_id, table_name, columns, operation_id, records_processed, result, message, start_time, end_time)
            SELECT {copy.ContainerId}, {copy.StoreId}, {copy.TableName}, {copy.Columns}, {run.Id}, {copy.RecordsProcessed}, {copy.Result}, {copy.Message}, {started}, {ended}
            FROM operations o WHERE o.id = {run.Id} AND o.attempt = {run.Attempt} AND o.result = 'running'
            ON CONFLICT (container_id) DO UPDATE SET store_id = excluded.store_id, table_name = excluded.table_name, columns = excluded.columns,
                operation_id = excluded.operation_id, records_processed = excluded.records_processed, result = excluded.result, message = excluded.message,
                start_time = excluded.start_time, end_time = excluded.end_time
            """, cancel);
        if (written == 0) throw new LeaseLostException();
    }

    /// <summary>Notes that a try failed; what is known of the table stays.</summary>
    public async Task SaveFailureAsync(OperationRun run, long containerId, DateTime started, DateTime ended, string problem, CancellationToken cancel)
    {
        var known = await FindAsync(containerId, cancel);
        await SaveAsync(run, new ContainerCopy
        {
            ContainerId = containerId,
            StoreId = known?.StoreId,
            TableName = known?.TableName,
            Columns = known?.Columns,
            Result = OperationResult.Failure,
            Message = problem,
            StartTime = started,
            EndTime = ended,
        }, cancel);
    }
}
