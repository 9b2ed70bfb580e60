using Assay.Server.Containers.Computed;
using Assay.Server.Datastores;
using Assay.Server.Fields;
using Assay.Server.Fields.Computed;
using Assay.Server.Identity;
using Assay.Server.Profiles;
using Assay.Server.Store;
using Assay.Server.Tags;
using Assay.Server.Web.Responses;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Containers;

/// <summary>Reads containers with what belongs to them: a handful of statements for a page, however long.</summary>
internal sealed class ContainerReads(AssayDb db)
{
    public async Task<PageOf<ContainerView>> PageAsync(ContainerQuery query, Caller caller, CancellationToken cancel)
    {
        var rows = Filtered(query, caller).By(query.SortName, c => c.Name).By(query.SortCreated, c => c.Created)
            .By(query.SortName ?? query.SortCreated ?? "asc", c => c.Id);
        var page = await rows.ToPageAsync(query, cancel);
        return page.With(await ShowAsync(page.Items, caller, cancel));
    }

    /// <summary>A page of these containers, by name.</summary>
    public async Task<PageOf<ContainerView>> PageAsync(IQueryable<Container> rows, Web.Requests.Paging paging, Caller caller, CancellationToken cancel)
    {
        var page = await rows.AsNoTracking().OrderBy(c => c.Name).ThenBy(c => c.Id).ToPageAsync(paging, cancel);
        return page.With(await ShowAsync(page.Items, caller, cancel));
    }

    /// <summary>One container, deleted ones too; null where there is none, or its datastore is deleted.</summary>
    public async Task<ContainerView?> FindAsync(long id, Caller caller, CancellationToken cancel)
    {
        var row = await db.Set<Container>().AsNoTracking().FirstOrDefaultAsync(c => c.Id == id, cancel);
        return row is null ? null : (await ShowAsync([row], caller, cancel)).FirstOrDefault();
    }

    public Task<List<ContainerStub>> ListingAsync(ContainerListingQuery query, Caller caller, CancellationToken cancel)
    {
        var rows = from c in db.Set<Container>().AsNoTracking()
                   join d in db.DatastoresVisibleTo(caller) on c.DatastoreId equals d.Id
                   where c.DeletedAt == null
                   select new { c, d };
        if (query.Datastore is { } datastores) rows = rows.Where(r => datastores.Contains(r.d.Id));
        return rows.OrderBy(r => r.c.DatastoreId).ThenBy(r => r.c.Name).Select(r => new ContainerStub(
            r.c.Id, r.c.Name, r.c.ContainerType, r.c.ContainerType != "table" ? null : r.c.TableType == "view" || r.c.TableType == "materialized_view" ? "view" : "table",
            r.c.DeletedAt, r.c.VolumetricTrackingEnabled, r.c.FreshnessTrackingEnabled, new DatastoreStub(r.d.Id, r.d.Name, r.d.StoreType, r.d.Type, r.d.EnrichmentOnly),
            db.Set<ContainerFavorite>().Any(f => f.ContainerId == r.c.Id && f.UserId == caller.Id), r.c.LastProfiled != null)).ToListAsync(cancel);
    }

    private IQueryable<Container> Filtered(ContainerQuery query, Caller caller)
    {
        var visible = db.DatastoresVisibleTo(caller);
        var rows = db.Set<Container>().AsNoTracking().Where(c => visible.Any(d => d.Id == c.DatastoreId));
        rows = query.Archived switch
        {
            "only" => rows.Where(c => c.DeletedAt != null),
            "include" => rows,
            _ => rows.Where(c => c.DeletedAt == null),
        };
        if (query.Datastore is { } datastores) rows = rows.Where(c => datastores.Contains(c.DatastoreId));
        if (query.ContainerType is { } types)
        {
            var views = types.Contains("view");
            rows = rows.Where(c => types.Contains(c.ContainerType) || (views && (c.TableType == "view" || c.TableType == "materialized_view")));
        }
        if (query.Name is { } name) rows = rows.Where(c => c.Name == name);
        if (query.Search is { } search)
        {
            var key = search.ToLowerInvariant();
            rows = rows.Where(c => c.NameKey.Contains(key) || c.Id.ToString().Contains(key));
        }
        if (query.Tag is { } tags)
            rows = rows.Where(c => db.Set<Tag>().Any(t => tags.Contains(t.Name) && (db.Set<ContainerTag>().Any(x => x.TagId == t.Id && x.ContainerId == c.Id)
                || db.Set<DatastoreTag>().Any(x => x.TagId == t.Id && x.DatastoreId == c.DatastoreId))));
        return rows;
    }

    private async Task<List<ContainerView>> ShowAsync(IReadOnlyList<Container> rows, Caller caller, CancellationToken cancel)
    {
        var ids = rows.Select(c => c.Id).ToArray();
        var datastoreIds = rows.Select(c => c.DatastoreId).Distinct().ToArray();
        var datastores = await db.Set<Datastore>().Where(d => datastoreIds.Contains(d.Id) && d.Deleted == null).Select(DatastoreStub.From).ToDictionaryAsync(d => d.Id, cancel);
        var inherited = await db.Set<DatastoreTag>().Where(t => datastoreIds.Contains(t.DatastoreId))
            .Join(db.Set<Tag>().AsNoTracking(), t => t.TagId, t => t.Id, (link, tag) => new { link.DatastoreId, tag }).ToListAsync(cancel);
        var own = await db.Set<ContainerTag>().Where(t => ids.Contains(t.ContainerId))
            .Join(db.Set<Tag>().AsNoTracking(), t => t.TagId, t => t.Id, (link, tag) => new { link.ContainerId, tag }).ToListAsync(cancel);
        var favorites = await db.Set<ContainerFavorite>().Where(f => f.UserId == caller.Id && ids.Contains(f.ContainerId)).Select(f => f.ContainerId).ToListAsync(cancel);
        var excluded = await db.Set<Field>().Where(f => ids.Contains(f.ContainerId) && f.Status == FieldStatus.Excluded)
            .OrderBy(f => f.Ordinal).Select(f => new { f.ContainerId, f.Name }).ToListAsync(cancel);
        var sources = rows.Where(c => c.Definition is not null).SelectMany(c => ComputedDefinition.Parse(c.Definition!).Inputs).Distinct().ToArray();
        var inputs = sources.Length == 0 ? [] : await db.Set<Container>().Where(c => sources.Contains(c.Id))
            .Select(c => new ComputedInput(c.Id, c.Name, c.ContainerType)).ToDictionaryAsync(c => c.Id, cancel);
        var measured = await db.Set<Measurement>().Where(m => ids.Contains(m.ContainerId) && !db.Set<Measurement>().Any(n => n.ContainerId == m.ContainerId && n.Day > m.Day))
            .ToDictionaryAsync(m => m.ContainerId, m => new MeasurementView(m.Id, m.Created, m.MeasurementTime, m.LastModificationTime, m.RowCount, m.SizeBytes), cancel);
        var modified = await db.Set<Partition>().Where(p => ids.Contains(p.ContainerId) && p.Modified != null).GroupBy(p => p.ContainerId)
            .Select(g => new { g.Key, Last = g.Max(p => p.Modified) }).ToDictionaryAsync(g => g.Key, g => g.Last, cancel);
        var computed = await ComputedFieldReads.OfContainersAsync(db, ids, cancel);
        var counts = await ContainerCounts.ReadAsync(db, ids, cancel);
        return [.. rows.Where(c => datastores.ContainsKey(c.DatastoreId)).Select(c => ContainerShape.Of(c, new(
            datastores[c.DatastoreId], favorites.Contains(c.Id), [.. excluded.Where(e => e.ContainerId == c.Id).Select(e => e.Name)],
            [.. inherited.Where(t => t.DatastoreId == c.DatastoreId).Select(t => t.tag).Concat(own.Where(t => t.ContainerId == c.Id).Select(t => t.tag))
                .DistinctBy(t => t.Id).OrderBy(t => t.Name, StringComparer.Ordinal).Select(TagView.Of)],
            modified.GetValueOrDefault(c.Id), counts.GetValueOrDefault(c.Id, ContainerCounts.None), measured.GetValueOrDefault(c.Id), [.. computed[c.Id]], inputs)))];
    }
}
