using Assay.Server.Containers;
using Assay.Server.Fields.Computed;
using Assay.Server.Identity;
using Assay.Server.Scores;
using Assay.Server.Store;
using Assay.Server.Tags;
using Assay.Server.Web.Requests;
using Assay.Server.Web.Responses;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Fields;

/// <summary>Reads fields with what they inherit.</summary>
internal sealed class FieldReads(AssayDb db)
{
    private static readonly string[] usual = [FieldStatus.Active, FieldStatus.Missing];

    public async Task<PageOf<FieldView>> PageAsync(FieldQuery query, Caller caller, CancellationToken cancel)
    {
        var page = await Filtered(query, caller).OrderBy(f => f.ContainerId).ThenBy(f => f.Ordinal).ThenBy(f => f.Id).ToPageAsync(query, cancel);
        return page.With(await ShowAsync(page.Items, cancel));
    }

    /// <summary>All fields of a container, whatever their state.</summary>
    public async Task<PageOf<FieldView>> OfContainerAsync(long containerId, Paging paging, CancellationToken cancel)
    {
        var page = await db.Set<Field>().AsNoTracking().Where(f => f.ContainerId == containerId).OrderBy(f => f.Ordinal).ThenBy(f => f.Id).ToPageAsync(paging, cancel);
        return page.With(await ShowAsync(page.Items, cancel));
    }

    public async Task<FieldView?> FindAsync(long id, CancellationToken cancel)
    {
        var row = await db.Set<Field>().AsNoTracking().FirstOrDefaultAsync(f => f.Id == id, cancel);
        return row is null ? null : (await ShowAsync([row], cancel)).FirstOrDefault();
    }

    /// <summary>Those of these fields that there are, in the order of their ids.</summary>
    public async Task<IReadOnlyList<FieldView>> FindAsync(IReadOnlyCollection<long> ids, CancellationToken cancel) =>
        await ShowAsync(await db.Set<Field>().AsNoTracking().Where(f => EF.Parameter(ids).Contains(f.Id)).OrderBy(f => f.Id).ToListAsync(cancel), cancel);

    public Task<List<FieldStub>> ListingAsync(FieldListingQuery query, Caller caller, CancellationToken cancel) =>
        Filtered(new FieldQuery { Name = query.Name, ContainerId = query.ContainerId }, caller).OrderBy(f => f.ContainerId).ThenBy(f => f.Ordinal).ThenBy(f => f.Id)
            .Select(f => new FieldStub(f.Id, f.Name, f.Type, f.Status, f.ContainerId)).ToListAsync(cancel);

    private IQueryable<Field> Filtered(FieldQuery query, Caller caller)
    {
        var visible = db.DatastoresVisibleTo(caller);
        var containers = db.Set<Container>().Where(c => c.DeletedAt == null && visible.Any(d => d.Id == c.DatastoreId));
        if (query.Datastore is { } datastores) containers = containers.Where(c => datastores.Contains(c.DatastoreId));
        if (query.Container is { } wanted)
        {
            var ids = wanted.Where(w => w.Id is not null).Select(w => w.Id!.Value).ToArray();
            var names = wanted.Where(w => w.Name is not null).Select(w => w.Name!).ToArray();
            containers = containers.Where(c => ids.Contains(c.Id) || names.Contains(c.Name));
        }
        var status = query.Status ?? usual;
        var rows = db.Set<Field>().AsNoTracking().Where(f => status.Contains(f.Status) && containers.Any(c => c.Id == f.ContainerId));
        if (query.ContainerId is { } containerIds) rows = rows.Where(f => containerIds.Contains(f.ContainerId));
        if (query.Tag is { } tags)
            rows = rows.Where(f => db.Set<Tag>().Any(t => tags.Contains(t.Name) && (db.Set<FieldTag>().Any(x => x.TagId == t.Id && x.FieldId == f.Id)
                || db.Set<ContainerTag>().Any(x => x.TagId == t.Id && x.ContainerId == f.ContainerId)
                || db.Set<DatastoreTag>().Any(x => x.TagId == t.Id && db.Set<Container>().Any(c => c.Id == f.ContainerId && c.DatastoreId == x.DatastoreId)))));
        if (query.Name is { } name) rows = rows.Where(f => f.Name == name);
        if (query.Type is { } types) rows = rows.Where(f => types.Contains(f.Type));
        return rows;
    }

    private async Task<List<FieldView>> ShowAsync(IReadOnlyList<Field> rows, CancellationToken cancel)
    {
        var ids = rows.Select(f => f.ContainerId).Distinct().ToArray();
        var containers = await db.Set<Container>().Where(c => ids.Contains(c.Id))
            .Select(c => new FieldContainer(c.Id, c.Name, c.ContainerType, c.DatastoreId)).ToDictionaryAsync(c => c.Id, cancel);
        var datastoreIds = containers.Values.Select(c => c.DatastoreId).Distinct().ToArray();
        var inherited = await db.Set<DatastoreTag>().Where(t => datastoreIds.Contains(t.DatastoreId))
            .Join(db.Set<Tag>().AsNoTracking(), t => t.TagId, t => t.Id, (link, tag) => new { link.DatastoreId, tag }).ToListAsync(cancel);
        var own = await db.Set<ContainerTag>().Where(t => ids.Contains(t.ContainerId))
            .Join(db.Set<Tag>().AsNoTracking(), t => t.TagId, t => t.Id, (link, tag) => new { link.ContainerId, tag }).ToListAsync(cancel);
        var fieldIds = rows.Select(f => f.Id).ToArray();
        var fields = await db.Set<FieldTag>().Where(t => fieldIds.Contains(t.FieldId))
            .Join(db.Set<Tag>().AsNoTracking(), t => t.TagId, t => t.Id, (link, tag) => new { link.FieldId, tag }).ToListAsync(cancel);
        var scores = await db.FieldScoresAsync(fieldIds, cancel);
        var computedIds = rows.Where(f => f.ComputedFieldId is not null).Select(f => f.ComputedFieldId!.Value).ToArray();
        var computed = (await ComputedFieldReads.ViewsAsync(db, computedIds.Length == 0 ? [] : await db.Set<ComputedField>().AsNoTracking().Where(f => computedIds.Contains(f.Id)).ToListAsync(cancel), cancel))
            .SelectMany(g => g).ToDictionary(f => f.Id);
        var shared = containers.Values.ToDictionary(c => c.Id, c => (List<Tag>)[.. inherited.Where(t => t.DatastoreId == c.DatastoreId).Select(t => t.tag)
            .Concat(own.Where(t => t.ContainerId == c.Id).Select(t => t.tag))]);
        return [.. rows.Where(f => containers.ContainsKey(f.ContainerId)).Select(f => FieldView.Of(f, containers[f.ContainerId],
            [.. shared[f.ContainerId].Concat(fields.Where(t => t.FieldId == f.Id).Select(t => t.tag)).DistinctBy(t => t.Id).OrderBy(t => t.Name, StringComparer.Ordinal).Select(TagView.Of)],
            scores.GetValueOrDefault(f.Id), f.ComputedFieldId is { } formula ? computed.GetValueOrDefault(formula) : null))];
    }
}
