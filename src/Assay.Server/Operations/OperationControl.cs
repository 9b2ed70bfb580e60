using Assay.Server.Datastores;
using Assay.Server.Identity;
using Assay.Server.Operations.Dispatch;
using Assay.Server.Operations.Running;
using Assay.Server.Store;
using Assay.Server.Web.Responses;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Operations;

/// <summary>What users do with operations that exist: abort, resume, rerun, delete.</summary>
internal sealed class OperationControl(
    AssayDb db, OperationDesk desk, IEnumerable<IOperationKind> kinds, RunningOperations running, DispatchSignal signal, TimeProvider clock)
{
    /// <summary>Ends a queued operation at once and tells a running one to stop; a finished one stays as it is.</summary>
    public async Task AbortAsync(long id, CancellationToken cancel)
    {
        var now = clock.UtcNow();
        var ended = await db.Set<Operation>().Where(o => o.Id == id && o.Result == OperationResult.Queued).ExecuteUpdateAsync(set => set
            .SetProperty(o => o.Result, OperationResult.Aborted).SetProperty(o => o.Message, "The operation was aborted.")
            .SetProperty(o => o.EndTime, now).SetProperty(o => o.AbortRequested, true), cancel);
        if (ended > 0) return;
        await db.Set<Operation>().Where(o => o.Id == id && o.Result == OperationResult.Running)
            .ExecuteUpdateAsync(set => set.SetProperty(o => o.AbortRequested, true), cancel);
        running.Abort(id);
    }

    /// <summary>The same work again, as a new operation.</summary>
    public async Task<Outcome<Operation>> RerunAsync(long id, Caller caller, CancellationToken cancel)
    {
        var old = await db.Set<Operation>().AsNoTracking().FirstOrDefaultAsync(o => o.Id == id, cancel);
        if (old is null) return Failure.NotFound("Operation", id);
        if (old.EndTime is null) return Failure.Conflict($"Operation id: {id} is still {old.Result}; it can be rerun once it has ended");
        if (old.Type == Scan.ExternalScanKind.Name) return Failure.Conflict("An external scan cannot be rerun: send the rows again");
        return await desk.EnqueueAsync(db, old.DatastoreId, old.Type, old.Settings, caller, cancel);
    }

    /// <summary>Queues an aborted or failed operation again under the same id: what it finished stays finished.</summary>
    /// <param name="forceAbort">One that still runs is told to stop instead of being refused; it can be resumed once it has.</param>
    /// <returns>Null where it is queued, or was told to stop; otherwise why not.</returns>
    public async Task<Failure?> ResumeAsync(long id, bool forceAbort, CancellationToken cancel)
    {
        if (await db.Set<Operation>().AsNoTracking().FirstOrDefaultAsync(o => o.Id == id, cancel) is not { } old) return Failure.NotFound("Operation", id);
        if (kinds.FirstOrDefault(k => k.Type == old.Type) is not { CanResume: true })
            return Failure.Conflict($"Operations of type {old.Type} cannot be resumed; rerun it instead");
        if (old.EndTime is null)
        {
            if (!forceAbort) return Failure.Conflict($"Operation id: {id} is still {old.Result}; it can be resumed once it has ended");
            await AbortAsync(id, cancel);
            return null;
        }
        if (old.Result == OperationResult.Success) return Failure.Conflict($"Operation id: {id} has succeeded; there is nothing left to do");
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var queued = await db.Set<Operation>().Where(o => o.Id == id && o.EndTime == old.EndTime && db.Set<Datastore>().Any(d => d.Id == o.DatastoreId && d.Deleted == null))
            .ExecuteUpdateAsync(set => set.SetProperty(o => o.Result, OperationResult.Queued).SetProperty(o => o.EndTime, (DateTime?)null).SetProperty(o => o.Duration, (long?)null)
                .SetProperty(o => o.Message, (string?)null).SetProperty(o => o.AbortRequested, false).SetProperty(o => o.Interruptions, 0), cancel);
        if (queued == 0) return Failure.Conflict($"Operation id: {id} has just been changed by somebody else");
        signal.AfterCommitOf(db);
        await transaction.CommitAsync(cancel);
        return null;
    }

    /// <summary>Removes the record of an ended operation; what it brought about stays.</summary>
    public async Task<Failure?> DeleteAsync(long id, CancellationToken cancel)
    {
        if (await db.Set<Operation>().Where(o => o.Id == id && o.EndTime != null).ExecuteDeleteAsync(cancel) > 0) return null;
        var result = await db.Set<Operation>().Where(o => o.Id == id).Select(o => o.Result).FirstOrDefaultAsync(cancel);
        return result is null ? Failure.NotFound("Operation", id)
            : Failure.Conflict($"Operation id: {id} is still {result}; it can be deleted once it has ended");
    }
}
