using Assay.Server.Anomalies;
using Assay.Server.Containers;
using Assay.Server.Datastores;
using Assay.Server.Fields;
using Assay.Server.Identity;
using Assay.Server.Profiles;
using Assay.Server.Store;
using Assay.Server.Tags;
using Assay.Server.Users;
using Assay.Server.Web.Responses;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Checks.Reads;

/// <summary>Reads checks with what belongs to them: a fixed number of statements for a page, however long.</summary>
internal sealed class CheckReads(AssayDb db)
{
    public async Task<PageOf<CheckView>> PageAsync(CheckQuery query, Caller caller, CancellationToken cancel)
    {
        var page = await (await db.Checks(query, caller).SearchedAsync(db, query.Search, cancel)).Sorted(query).ToPageAsync(query, cancel);
        return page.With(await ShowAsync(page.Items, caller, cancel));
    }

    /// <summary>One check or template, archived ones too; null where there is none.</summary>
    public async Task<CheckView?> FindAsync(long id, Caller caller, CancellationToken cancel)
    {
        var row = await db.Set<QualityCheck>().AsNoTracking().FirstOrDefaultAsync(c => c.Id == id, cancel);
        return row is null ? null : (await ShowAsync([row], caller, cancel))[0];
    }

    /// <summary>Several by id, in the order of the ids; those that are gone are left out.</summary>
    /// <param name="caller">Whose favourites are marked; null for nobody's.</param>
    public async Task<IReadOnlyList<CheckView>> FindAsync(IReadOnlyList<long> ids, Caller? caller, CancellationToken cancel)
    {
        var rows = await db.Set<QualityCheck>().AsNoTracking().Where(c => EF.Parameter(ids).Contains(c.Id)).ToListAsync(cancel);
        var order = ids.Distinct().Select((id, index) => (id, index)).ToDictionary(i => i.id, i => i.index);
        return await ShowAsync([.. rows.OrderBy(r => order[r.Id])], caller, cancel);
    }

    public async Task<IReadOnlyList<CheckStub>> ListingAsync(CheckListingQuery query, Caller caller, CancellationToken cancel)
    {
        var rows = db.Checks(new CheckQuery { Datastore = query.Datastore, Container = query.Container?.Select(id => new Web.Requests.NameOrId(id, null)).ToList() }, caller);
        var stubs = await rows.OrderBy(c => c.ContainerId).ThenBy(c => c.Id).Select(c => new CheckStub(c.Id, c.RuleType, c.Description, c.Status, c.Inferred, c.ContainerId!.Value)).ToListAsync(cancel);
        var masked = await CheckMask.DescriptionsAsync(db, rows, cancel);
        return [.. stubs.Select(s => masked.TryGetValue(s.Id, out var description) ? s with { Description = description } : s)];
    }

    private async Task<List<CheckView>> ShowAsync(IReadOnlyList<QualityCheck> rows, Caller? caller, CancellationToken cancel)
    {
        var context = await ContextAsync(rows, caller, cancel);
        return [.. rows.Select(context.Show)];
    }

    private async Task<CheckContext> ContextAsync(IReadOnlyList<QualityCheck> rows, Caller? caller, CancellationToken cancel)
    {
        var ids = rows.Select(c => c.Id).ToArray();
        var containerIds = rows.Select(c => c.ContainerId).OfType<long>().Distinct().ToArray();
        var templateIds = rows.Select(c => c.TemplateId).OfType<long>().Distinct().ToArray();
        var containers = await db.Set<Container>().AsNoTracking().Where(c => containerIds.Contains(c.Id)).ToDictionaryAsync(c => c.Id, cancel);
        var datastoreIds = containers.Values.Select(c => c.DatastoreId).Distinct().ToArray();
        var datastores = await db.Set<Datastore>().Where(d => datastoreIds.Contains(d.Id)).Select(DatastoreStub.From).ToDictionaryAsync(d => d.Id, cancel);
        var names = await db.Set<CheckField>().AsNoTracking().Where(f => ids.Contains(f.CheckId)).OrderBy(f => f.Position).ToListAsync(cancel);
        var wanted = names.Select(f => f.Name).Distinct().ToArray();
        var fields = await db.Set<Field>().AsNoTracking().Where(f => containerIds.Contains(f.ContainerId) && EF.Parameter(wanted).Contains(f.Name)).ToListAsync(cancel);
        var owners = ids.Concat(templateIds).ToArray();
        var tags = await db.Set<CheckTag>().Where(t => owners.Contains(t.CheckId))
            .Join(db.Set<Tag>().AsNoTracking(), t => t.TagId, t => t.Id, (link, tag) => new { link.CheckId, tag }).ToListAsync(cancel);
        var inherited = await db.Set<ContainerTag>().Where(t => containerIds.Contains(t.ContainerId))
            .Join(db.Set<Tag>(), t => t.TagId, t => t.Id, (link, tag) => new { link.ContainerId, tag.WeightModifier }).ToListAsync(cancel);
        var templates = await db.Set<QualityCheck>().AsNoTracking().Where(c => templateIds.Contains(c.Id)).ToDictionaryAsync(c => c.Id, cancel);
        var attached = await db.Set<QualityCheck>().Where(c => c.TemplateId != null && ids.Contains(c.TemplateId.Value) && c.DeletedAt == null)
            .GroupBy(c => c.TemplateId!.Value).Select(g => new { g.Key, Count = g.LongCount() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancel);
        var userIds = rows.SelectMany(c => new[] { c.CreatedById, c.LastEditorId, c.OwnerId, c.DefaultAnomalyAssigneeId }).OfType<long>().Distinct().ToArray();
        var users = await db.Set<User>().AsNoTracking().Where(u => userIds.Contains(u.Id)).ToDictionaryAsync(u => u.Id, cancel);
        var favorites = caller is null ? [] : await db.Set<CheckFavorite>().Where(f => f.UserId == caller.Id && ids.Contains(f.CheckId)).Select(f => f.CheckId).ToListAsync(cancel);
        var anomalies = await db.Set<FailedCheck>().Where(f => ids.Contains(f.CheckId)).Join(db.Set<Anomaly>(), f => f.AnomalyId, a => a.Id, (f, a) => new { f.CheckId, a.ArchivedAt })
            .GroupBy(f => f.CheckId).Select(g => new { g.Key, All = g.LongCount(), Open = g.LongCount(f => f.ArchivedAt == null) }).ToDictionaryAsync(g => g.Key, g => (g.All, g.Open), cancel);
        var latest = containers.Values.Select(c => c.LatestProfileId).OfType<long>().ToArray();
        var profiles = latest.Length == 0 ? [] : await ContainerProfileReads.ViewsAsync(db, db.Set<ContainerProfile>().Where(p => latest.Contains(p.Id)), cancel);
        var mask = await CheckMask.ReadAsync(db, rows, cancel);
        return new CheckContext(containers, datastores, names.ToLookup(f => f.CheckId, f => f.Name), fields.ToDictionary(f => (f.ContainerId, f.Name)),
            tags.ToLookup(t => t.CheckId, t => t.tag), inherited.ToLookup(t => t.ContainerId, t => t.WeightModifier), templates, attached, users, favorites.ToHashSet(), anomalies, profiles.ToDictionary(p => p.Container.Id), mask);
    }
}
