using Assay.Server.Checks.Reads;
using Assay.Server.Containers;
using Assay.Server.Datastores;
using Assay.Server.Fields;
using Assay.Server.Identity;
using Assay.Server.Masking;
using Assay.Server.Operations;
using Assay.Server.Store;
using Assay.Server.Tags;
using Assay.Server.Users;
using Assay.Server.Web.Responses;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Anomalies.Reads;

/// <summary>Reads anomalies with what belongs to them: a fixed number of statements for a page, however long.</summary>
internal sealed class AnomalyReads(AssayDb db, CheckReads checks, TimeProvider clock)
{
    public async Task<PageOf<AnomalyView>> PageAsync(AnomalyQuery query, Caller caller, CancellationToken cancel)
    {
        var page = await db.Anomalies(query, caller, clock.UtcNow()).Sorted(query).ToPageAsync(query, cancel);
        return page.With(await ShowAsync(page.Items, caller, cancel));
    }

    public async Task<AnomalyDetail?> FindAsync(long id, Caller caller, CancellationToken cancel)
    {
        var row = await db.Set<Anomaly>().AsNoTracking().FirstOrDefaultAsync(a => a.Id == id, cancel);
        if (row is null) return null;
        var view = (await ShowAsync([row], caller, cancel))[0];
        var comments = await db.Set<AnomalyComment>().AsNoTracking().Where(c => c.AnomalyId == id).OrderBy(c => c.Id).ToListAsync(cancel);
        var scan = await db.Set<Operation>().AsNoTracking().Where(o => o.Id == row.OperationId)
            .Select(o => new AnomalyScan(o.Id, o.Created, o.Type, o.StartTime, o.EndTime, o.Result, o.Message, o.TriggeredBy)).FirstOrDefaultAsync(cancel);
        return new AnomalyDetail(view, await ShowAsync(comments, cancel), scan);
    }

    /// <summary>Several by id, in the order of the ids.</summary>
    public async Task<IReadOnlyList<AnomalyView>> FindAsync(IReadOnlyList<long> ids, Caller caller, CancellationToken cancel)
    {
        var rows = await db.Set<Anomaly>().AsNoTracking().Where(a => EF.Parameter(ids).Contains(a.Id)).ToListAsync(cancel);
        var order = ids.Distinct().Select((id, index) => (id, index)).ToDictionary(i => i.id, i => i.index);
        return await ShowAsync([.. rows.OrderBy(r => order[r.Id])], caller, cancel);
    }

    public async Task<IReadOnlyList<CommentView>> ShowAsync(IReadOnlyList<AnomalyComment> comments, CancellationToken cancel)
    {
        var users = await UsersAsync(comments.Select(c => c.UserId).OfType<long>(), cancel);
        return [.. comments.Select(c => new CommentView(c.Id, c.Created, c.Message, c.UserId is { } id && users.TryGetValue(id, out var user) ? user : null, c.AnomalyId))];
    }

    private async Task<List<AnomalyView>> ShowAsync(IReadOnlyList<Anomaly> rows, Caller caller, CancellationToken cancel)
    {
        var ids = rows.Select(a => a.Id).ToArray();
        var containerIds = rows.Select(a => a.ContainerId).Distinct().ToArray();
        var containers = await db.Set<Container>().AsNoTracking().Where(c => containerIds.Contains(c.Id)).ToDictionaryAsync(c => c.Id, cancel);
        var datastoreIds = containers.Values.Select(c => c.DatastoreId).Distinct().ToArray();
        var datastores = await db.Set<Datastore>().Where(d => datastoreIds.Contains(d.Id)).Select(DatastoreStub.From).ToDictionaryAsync(d => d.Id, cancel);
        var failed = await db.Set<FailedCheck>().AsNoTracking().Where(f => ids.Contains(f.AnomalyId)).OrderBy(f => f.CheckId).ToListAsync(cancel);
        var checkViews = (await checks.FindAsync([.. failed.Select(f => f.CheckId).Distinct()], caller, cancel)).ToDictionary(c => c.Id);
        var failedOf = failed.ToLookup(f => f.AnomalyId);
        var tags = (await db.Set<AnomalyTag>().Where(t => ids.Contains(t.AnomalyId))
            .Join(db.Set<Tag>().AsNoTracking(), t => t.TagId, t => t.Id, (link, tag) => new { link.AnomalyId, tag }).ToListAsync(cancel)).ToLookup(t => t.AnomalyId, t => t.tag);
        var assigned = await db.Set<AnomalyAssignee>().AsNoTracking().Where(x => ids.Contains(x.AnomalyId)).OrderBy(x => x.UserId).ToListAsync(cancel);
        var users = await UsersAsync(assigned.Select(x => x.UserId), cancel);
        var places = await PlacesAsync(rows, cancel);
        var masked = await MaskedAsync(containerIds, cancel);
        return [.. rows.Select(a => new AnomalyView
        {
            Id = a.Id,
            Uuid = a.Uuid,
            Created = a.Created,
            Type = a.Type,
            Message = Message(a, [.. failedOf[a.Id]], checkViews, masked),
            IsNew = a.Status == AnomalyStatus.Active && a.Updated == a.Created,
            Archived = a.ArchivedAt is not null,
            Status = a.Status,
            Description = a.Description,
            SourceEnriched = a.SourceEnriched,
            Datastore = datastores.GetValueOrDefault(containers[a.ContainerId].DatastoreId),
            Container = CheckContext.Stub(containers[a.ContainerId]),
            Partition = a.Partition is null ? null : new AnomalyPartition(a.Partition, places.GetValueOrDefault((a.ContainerId, a.Partition))),
            FailedChecks = [.. failedOf[a.Id].Where(f => checkViews.ContainsKey(f.CheckId))
                .Select(f => Failed(f, checkViews[f.CheckId]))],
            Weight = a.Weight,
            GlobalTags = [.. tags[a.Id].OrderBy(t => t.Name, StringComparer.Ordinal).Select(TagView.Of)],
            AnomalousRecordsCount = a.AnomalousRecordsCount,
            Fingerprint = a.Fingerprint?.ToString(System.Globalization.CultureInfo.InvariantCulture),
            Assignees = [.. assigned.Where(x => x.AnomalyId == a.Id && users.ContainsKey(x.UserId)).Select(x => users[x.UserId])],
            OperationId = a.OperationId,
            ContainerScanId = a.ContainerScanId,
        })];
    }

    private static FailedCheckView Failed(FailedCheck f, CheckView check) => check.IsMasked
        ? new(check, CheckMask.Message(check.RuleType, check.Fields.Select(x => x.Name)), f.SuggestedField, null, f.SuggestedScore)
        : new(check, f.Message, f.SuggestedField, f.SuggestedValue, f.SuggestedScore);

    /// <summary>The failed checks' messages; where one of them may not be shown, what is shown in its place.</summary>
    private static string Message(Anomaly a, IReadOnlyList<FailedCheck> failed, Dictionary<long, CheckView> checks, HashSet<long> masked)
    {
        if (!masked.Contains(a.ContainerId) && !failed.Any(f => checks.GetValueOrDefault(f.CheckId)?.IsMasked == true)) return a.Message;
        var known = failed.Where(f => checks.ContainsKey(f.CheckId)).ToList();
        if (known.Count == 0) return Mask.Text; // nobody knows any more what it was about
        return known.Exists(f => checks[f.CheckId].IsMasked) || known.Count < failed.Count ? string.Join("\n", known.Select(f => Failed(f, checks[f.CheckId]).Message)) : a.Message;
    }

    private async Task<HashSet<long>> MaskedAsync(long[] containers, CancellationToken cancel) =>
        [.. await db.Set<Field>().Where(f => containers.Contains(f.ContainerId) && f.Status == FieldStatus.Masked).Select(f => f.ContainerId).Distinct().ToListAsync(cancel)];

    private async Task<Dictionary<(long, string), string?>> PlacesAsync(IReadOnlyList<Anomaly> rows, CancellationToken cancel)
    {
        var containers = rows.Where(a => a.Partition is not null).Select(a => a.ContainerId).Distinct().ToArray();
        var names = rows.Select(a => a.Partition).OfType<string>().Distinct().ToArray();
        if (names.Length == 0) return [];
        return (await db.Set<Partition>().Where(p => containers.Contains(p.ContainerId) && names.Contains(p.Name)).Select(p => new { p.ContainerId, p.Name, p.Location }).ToListAsync(cancel))
            .ToDictionary(p => (p.ContainerId, p.Name), p => p.Location);
    }

    private async Task<Dictionary<long, UserStub>> UsersAsync(IEnumerable<long> wanted, CancellationToken cancel)
    {
        var ids = wanted.Distinct().ToArray();
        return (await db.Set<User>().AsNoTracking().Where(u => ids.Contains(u.Id)).ToListAsync(cancel)).ToDictionary(u => u.Id, UserStub.Of);
    }
}
