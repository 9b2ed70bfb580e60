using Assay.Server.Anomalies;
using Assay.Server.Containers;
using Assay.Server.Datastores;
using Assay.Server.Identity;
using Assay.Server.Store;
using Assay.Server.Web.Responses;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Checks.Writes;

/// <summary>Archives, restores and deletes checks: all of those named or none.</summary>
internal sealed class CheckRemoval(AssayDb db, CheckHistory history, TimeProvider clock)
{
    public Task<Outcome<bool>> RemoveAsync(IReadOnlyList<CheckRemovalRequest> wanted, Caller caller, CancellationToken cancel) => db.InTransactionAsync<bool>(async () =>
    {
        var now = clock.UtcNow();
        var last = wanted.GroupBy(w => w.Id).ToDictionary(g => g.Key, g => g.Last());
        if (!(await LoadAsync(last.Keys, cancel)).Try(out var checks, out var missing)) return missing;
        foreach (var check in checks.Rows)
        {
            var how = last[check.Id];
            if (!how.Archive)
            {
                history.Deleted(check, caller, now);
                db.Remove(check);
                continue;
            }
            var names = checks.Names(check.Id);
            var before = history.Before(check, names);
            (check.Status, check.DeletedAt) = (how.Status ?? CheckStatus.Discarded, check.DeletedAt ?? now);
            (check.LastUpdated, check.LastEditorId) = (now, caller.Id);
            history.Changed(before, check, names, caller, now);
        }
        await RemoveAnomaliesAsync([.. wanted.Where(w => w.DeleteAnomalies).Select(w => w.Id)], cancel);
        await db.SaveChangesAsync(cancel);
        await checks.CountAsync(db, cancel);
        return true;
    }, cancel);

    // An anomaly that other checks found too stays with those.
    private async Task RemoveAnomaliesAsync(long[] ids, CancellationToken cancel)
    {
        if (ids.Length == 0) return;
        await db.Set<Anomaly>().Where(a => db.Set<FailedCheck>().Any(f => f.AnomalyId == a.Id && EF.Parameter(ids).Contains(f.CheckId))
            && !db.Set<FailedCheck>().Any(f => f.AnomalyId == a.Id && !EF.Parameter(ids).Contains(f.CheckId))).ExecuteDeleteAsync(cancel);
        await db.Set<FailedCheck>().Where(f => EF.Parameter(ids).Contains(f.CheckId)).ExecuteDeleteAsync(cancel);
    }

    /// <summary>Brings archived checks back; open ones get the status. 409 where an equal check has come in the meantime.</summary>
    public Task<Outcome<bool>> RestoreAsync(IReadOnlyList<long> ids, string status, Caller caller, CancellationToken cancel) => db.InTransactionAsync<bool>(async () =>
    {
        var now = clock.UtcNow();
        if (!(await LoadAsync(ids, cancel)).Try(out var checks, out var missing)) return missing;
        foreach (var check in checks.Rows)
        {
            if (await db.Set<QualityCheck>().Where(c => c.ContainerId == check.ContainerId && c.Identity == check.Identity && c.DeletedAt == null && c.Id != check.Id && !c.IsTemplate)
                    .Select(c => (long?)c.Id).FirstOrDefaultAsync(cancel) is { } other)
                return Failure.Conflict($"Quality check id: {other} asserts the same as quality check id: {check.Id}; only one of them can be live");
            var names = checks.Names(check.Id);
            var before = history.Before(check, names);
            (check.Status, check.DeletedAt, check.LastUpdated, check.LastEditorId) = (status, null, now, caller.Id);
            history.Changed(before, check, names, caller, now);
        }
        await db.SaveChangesAsync(cancel);
        await checks.CountAsync(db, cancel);
        return true;
    }, cancel);

    private async Task<Outcome<Loaded>> LoadAsync(IReadOnlyCollection<long> ids, CancellationToken cancel)
    {
        var datastores = await db.Set<QualityCheck>().Where(c => EF.Parameter(ids).Contains(c.Id) && c.ContainerId != null)
            .Join(db.Set<Container>(), c => c.ContainerId, c => c.Id, (check, container) => container.DatastoreId).Distinct().ToListAsync(cancel);
        await db.LockDatastoresAsync(datastores, cancel);
        var rows = await db.Set<QualityCheck>().Where(c => EF.Parameter(ids).Contains(c.Id)).OrderBy(c => c.Id).ToListAsync(cancel);
        if (ids.Except(rows.Select(r => r.Id)).Order().ToList() is { Count: > 0 } gone) return CheckAccess.NotFound(gone[0]);
        var fields = await db.Set<CheckField>().AsNoTracking().Where(f => EF.Parameter(ids).Contains(f.CheckId)).OrderBy(f => f.Position).ToListAsync(cancel);
        return new Loaded(rows, fields.ToLookup(f => f.CheckId, f => f.Name), datastores);
    }

    private sealed record Loaded(IReadOnlyList<QualityCheck> Rows, ILookup<long, string> Fields, IReadOnlyList<long> Datastores)
    {
        public IReadOnlyList<string> Names(long check) => [.. Fields[check]];

        public async Task CountAsync(AssayDb db, CancellationToken cancel)
        {
            foreach (var datastore in Datastores)
            {
                await db.CountChecksAsync(datastore, cancel);
                await db.CountAnomaliesAsync(datastore, cancel);
            }
        }
    }
}
