using Assay.Server.Containers;
using Assay.Server.Datastores;
using Assay.Server.History;
using Assay.Server.Identity;
using Assay.Server.Store;
using Assay.Server.Tags;
using Assay.Server.Users;
using Assay.Server.Web.Responses;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Anomalies.Writes;

/// <summary>Changes, archives, restores and deletes anomalies: all of those named or none. The caller's permission has been decided before.</summary>
internal sealed class AnomalyWriter(AssayDb db, TagChoice tags, AnomalyHistory history, TimeProvider clock)
{
    public Task<Outcome<bool>> UpdateAsync(IReadOnlyList<AnomalyChange> changes, Caller caller, CancellationToken cancel) => db.InTransactionAsync<bool>(async () =>
    {
        var now = clock.UtcNow();
        if (!(await LoadAsync([.. changes.Select(c => c.Id)], cancel)).Try(out var loaded, out var missing)) return missing;
        foreach (var change in changes)
        {
            var anomaly = loaded.Rows[change.Id];
            var set = new Changeset();
            if (change.Status is { } status) Open(anomaly, status, set);
            if (change.Sent(nameof(change.Description)) && change.Description != anomaly.Description)
            {
                if (anomaly.ArchivedAt is not null) return Failure.Conflict($"Anomaly id: {anomaly.Id} is archived; its description cannot be changed");
                set.Add("description", anomaly.Description, change.Description);
                anomaly.Description = change.Description;
            }
            if (change.Tags is { } wanted && await TagAsync(anomaly.Id, wanted, set, cancel) is { } unknown) return unknown;
            if (change.AssigneeIds is { } users && await AssignAsync(anomaly.Id, users, change.Loc, set, cancel) is { } nobody) return nobody;
            Touch(anomaly, set, caller, now);
        }
        await db.SaveChangesAsync(cancel);
        await loaded.CountAsync(db, cancel);
        return true;
    }, cancel);

    public Task<Outcome<bool>> RemoveAsync(IReadOnlyList<AnomalyRemovalRequest> wanted, Caller caller, CancellationToken cancel) => db.InTransactionAsync<bool>(async () =>
    {
        var now = clock.UtcNow();
        var last = wanted.GroupBy(w => w.Id).ToDictionary(g => g.Key, g => g.Last());
        if (!(await LoadAsync(last.Keys, cancel)).Try(out var loaded, out var missing)) return missing;
        foreach (var anomaly in loaded.Rows.Values)
        {
            var how = last[anomaly.Id];
            if (!how.Archive)
            {
                history.Deleted(anomaly.Id, caller, now);
                db.Remove(anomaly);
                continue;
            }
            var set = new Changeset().Add("status", anomaly.Status, how.Status ?? AnomalyStatus.Resolved);
            (anomaly.Status, anomaly.ArchivedAt) = (how.Status ?? AnomalyStatus.Resolved, anomaly.ArchivedAt ?? now);
            Touch(anomaly, set, caller, now);
        }
        await db.SaveChangesAsync(cancel);
        await loaded.CountAsync(db, cancel);
        return true;
    }, cancel);

    private static void Open(Anomaly anomaly, string status, Changeset set)
    {
        set.Add("status", anomaly.Status, status);
        (anomaly.Status, anomaly.ArchivedAt) = (status, null);
    }

    private void Touch(Anomaly anomaly, Changeset set, Caller caller, DateTime now)
    {
        history.Changed(anomaly.Id, set, caller, now);
        if (!set.IsEmpty) anomaly.Updated = now;
    }

    private async Task<Failure?> TagAsync(long id, IReadOnlyList<Web.Requests.NameOrId> wanted, Changeset set, CancellationToken cancel)
    {
        if (!(await tags.IdsAsync(wanted, cancel)).Try(out var ids, out var failure)) return failure;
        var present = await db.Set<AnomalyTag>().Where(t => t.AnomalyId == id).ToListAsync(cancel);
        var (left, joined) = (present.Where(p => !ids.Contains(p.TagId)).ToArray(), ids.Except(present.Select(p => p.TagId)).ToArray());
        db.RemoveRange(left);
        db.AddRange(joined.Select(tag => new AnomalyTag { AnomalyId = id, TagId = tag }));
        set.AddList("tags", [.. left.Select(t => t.TagId)], joined);
        return null;
    }

    private async Task<Failure?> AssignAsync(long id, IReadOnlyList<long> wanted, IReadOnlyList<object> loc, Changeset set, CancellationToken cancel)
    {
        var known = await db.Set<User>().Where(u => EF.Parameter(wanted).Contains(u.Id) && !u.Deactivated).Select(u => u.Id).ToListAsync(cancel);
        foreach (var (user, index) in wanted.Select((user, index) => (user, index)))
            if (!known.Contains(user)) return Failure.Invalid(new FieldError([.. loc, "assignee_ids", index], $"There is no active user with id: {user}", "value_error"));
        var present = await db.Set<AnomalyAssignee>().Where(a => a.AnomalyId == id).ToListAsync(cancel);
        var (left, joined) = (present.Where(p => !known.Contains(p.UserId)).ToArray(), known.Except(present.Select(p => p.UserId)).ToArray());
        db.RemoveRange(left);
        db.AddRange(joined.Select(user => new AnomalyAssignee { AnomalyId = id, UserId = user }));
        set.AddList("assignee_ids", [.. left.Select(a => a.UserId)], joined);
        return null;
    }

    private async Task<Outcome<Loaded>> LoadAsync(IReadOnlyCollection<long> ids, CancellationToken cancel)
    {
        var datastores = await db.Set<Anomaly>().Where(a => EF.Parameter(ids).Contains(a.Id))
            .Join(db.Set<Container>(), a => a.ContainerId, c => c.Id, (anomaly, container) => container.DatastoreId).Distinct().ToListAsync(cancel);
        await db.LockDatastoresAsync(datastores, cancel);
        var rows = await db.Set<Anomaly>().Where(a => EF.Parameter(ids).Contains(a.Id)).OrderBy(a => a.Id).ToDictionaryAsync(a => a.Id, cancel);
        return ids.Where(id => !rows.ContainsKey(id)).Select(id => (long?)id).FirstOrDefault() is { } gone ? Failure.NotFound("Anomaly", gone) : new Loaded(rows, datastores);
    }

    private sealed record Loaded(IReadOnlyDictionary<long, Anomaly> Rows, IReadOnlyList<long> Datastores)
    {
        public async Task CountAsync(AssayDb db, CancellationToken cancel)
        {
            foreach (var datastore in Datastores) await db.CountAnomaliesAsync(datastore, cancel);
        }
    }
}
