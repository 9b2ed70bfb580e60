using Assay.Server.Datastores;
using Assay.Server.Identity;
using Assay.Server.Operations.Dispatch;
using Assay.Server.Operations.Running;
using Assay.Server.Store;
using Assay.Server.Web.Responses;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Operations;

/// <summary>Takes in operations. They are rows first; dispatch finds them once the transaction that stored them has committed.</summary>
internal sealed class OperationDesk(IEnumerable<IOperationKind> kinds, DispatchSignal signal, TimeProvider clock)
{
    /// <summary>
    /// Stores an operation as queued, within the caller's transaction where there is one. Where the same work (kind and settings) on the
    /// same datastore is still queued or running, that operation is returned instead: asking twice is not an error.
    /// </summary>
    /// <param name="settingsJson">The settings as the run call's JSON object; <c>{}</c> for the defaults.</param>
    /// <param name="caller">Who asks; null for the system itself.</param>
    public async Task<Outcome<Operation>> EnqueueAsync(
        AssayDb db, long datastoreId, string type, string settingsJson, Caller? caller, CancellationToken cancel)
    {
        var settings = kinds.First(k => k.Type == type).Normalise(settingsJson);
        await using var own = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(cancel) : null;
        // An update of nothing takes the row's lock, so that two askers, or a deletion, come one after the other.
        if (await db.Set<Datastore>().Where(d => d.Id == datastoreId && d.Deleted == null)
                .ExecuteUpdateAsync(set => set.SetProperty(d => d.Updated, d => d.Updated), cancel) == 0)
            return Failure.NotFound("Datastore", datastoreId);
        var operation = await db.Set<Operation>().OrderBy(o => o.Id).FirstOrDefaultAsync(
            o => o.DatastoreId == datastoreId && o.Type == type && o.Settings == settings && o.EndTime == null && !o.AbortRequested, cancel);
        if (operation is null)
        {
            operation = New(datastoreId, type, settings, caller);
            db.Add(operation);
            await db.SaveChangesAsync(cancel);
            signal.AfterCommitOf(db);
        }
        if (own is not null) await own.CommitAsync(cancel);
        return operation;
    }

    /// <summary>Adds one operation for each of these datastores, which the caller's transaction has just made; the caller saves.</summary>
    public void AddNew(AssayDb db, IEnumerable<long> datastoreIds, string type, string settingsJson, Caller? caller)
    {
        var settings = kinds.First(k => k.Type == type).Normalise(settingsJson);
        db.AddRange(datastoreIds.Select(id => New(id, type, settings, caller)));
        signal.AfterCommitOf(db);
    }

    private Operation New(long datastoreId, string type, string settings, Caller? caller) => new()
    {
        Type = type,
        DatastoreId = datastoreId,
        Result = OperationResult.Queued,
        Settings = settings,
        TriggeredBy = caller is null ? "System" : caller.Email ?? caller.UserId,
        TriggeredById = caller?.Id,
        Created = clock.UtcNow(),
    };
}
