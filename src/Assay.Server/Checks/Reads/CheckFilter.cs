using Assay.Server.Containers;
using Assay.Server.Fields;
using Assay.Server.Identity;
using Assay.Server.Store;
using Assay.Server.Tags;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Checks.Reads;

/// <summary>The filters and orders of lists of checks, but for the search.</summary>
internal static class CheckFilter
{
    public static IQueryable<QualityCheck> Checks(this AssayDb db, CheckQuery query, Caller caller)
    {
        var rows = query.TemplateOnly ? db.Set<QualityCheck>().AsNoTracking().Where(c => c.IsTemplate) : OnContainers(db, query, caller);
        if (query.Status is { } statuses) rows = rows.Where(c => statuses.Contains(c.Status));
        var asksForArchived = query.Status?.Any(s => s is CheckStatus.Invalid or CheckStatus.Discarded) == true;
        rows = query.Archived switch
        {
            "only" => rows.Where(c => c.DeletedAt != null),
            "include" => rows,
            _ => asksForArchived ? rows : rows.Where(c => c.DeletedAt == null),
        };
        if (query.Id is { } ids) rows = rows.Where(c => ids.Contains(c.Id));
        if (query.RuleType is { } rules) rows = rows.Where(c => rules.Contains(c.RuleType));
        if (query.Inferred is { } inferred) rows = rows.Where(c => c.Inferred == inferred);
        if (query.IsPassing is { } passing) rows = rows.Where(c => c.IsPassing == passing);
        if (query.Template is { } templates) rows = rows.Where(c => c.TemplateId != null && templates.Contains(c.TemplateId.Value));
        if (query.TemplateLocked is { } locked)
            rows = rows.Where(c => (c.IsTemplate ? c.TemplateLocked : db.Set<QualityCheck>().Any(t => t.Id == c.TemplateId && t.TemplateLocked)) == locked);
        if (query.Tag is { } tags)
            rows = rows.Where(c => db.Set<CheckTag>().Any(x => x.CheckId == c.Id && db.Set<Tag>().Any(t => t.Id == x.TagId && tags.Contains(t.Name))));
        if (query.Favorite is { } favorite) rows = rows.Where(c => db.Set<CheckFavorite>().Any(f => f.CheckId == c.Id && f.UserId == caller.Id) == favorite);
        return rows;
    }

    public static IQueryable<QualityCheck> Sorted(this IQueryable<QualityCheck> rows, CheckQuery query)
    {
        if (query.SortLastAsserted is not null) rows = rows.OrderBy(c => c.LastAsserted == null).By(query.SortLastAsserted, c => c.LastAsserted);
        rows = rows.By(query.SortRuleType, c => c.RuleType).By(query.SortLastUpdated, c => c.LastUpdated);
        var created = query.SortCreated ?? (query.SortRuleType ?? query.SortLastUpdated ?? query.SortLastAsserted) switch { null => "desc", _ => null };
        return rows.By(created, c => c.Created).By(created ?? "desc", c => c.Id);
    }

    private static IQueryable<QualityCheck> OnContainers(AssayDb db, CheckQuery query, Caller caller)
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
        var rows = db.Set<QualityCheck>().AsNoTracking().Where(c => !c.IsTemplate && containers.Any(x => x.Id == c.ContainerId));
        if (query.Field is { } fields)
        {
            var ids = fields.Where(w => w.Id is not null).Select(w => w.Id!.Value).ToArray();
            var names = fields.Where(w => w.Name is not null).Select(w => w.Name!).ToArray();
            rows = rows.Where(c => db.Set<CheckField>().Any(f => f.CheckId == c.Id
                && (names.Contains(f.Name) || db.Set<Field>().Any(x => ids.Contains(x.Id) && x.ContainerId == c.ContainerId && x.Name == f.Name))));
        }
        return rows;
    }
}
