using Assay.Server.Containers;
using Assay.Server.Datastores;
using Assay.Server.Store;
using Assay.Server.Tags;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Operations.Export;

/// <summary>What one export is about.</summary>
/// <param name="Source">The datastore whose things are exported; for templates the store that they go to.</param>
/// <param name="RevealTo">The user who is shown the values of masked fields; null where they stay hidden.</param>
/// <param name="Generated">When the export began.</param>
internal sealed record ExportScope(Datastore Source, ExportSettings Settings, long? RevealTo, DateTime Generated)
{
    /// <summary>The containers with one of the ids or tags, inherited tags included; all where neither was asked for.</summary>
    public IQueryable<Container> Containers(AssayDb db)
    {
        var (datastore, ids, tags) = (Source.Id, Settings.ContainerIds.ToArray(), Settings.ContainerTags.ToArray());
        var rows = db.Set<Container>().AsNoTracking().Where(c => c.DatastoreId == datastore);
        if (!Settings.IncludeDeleted) rows = rows.Where(c => c.DeletedAt == null);
        if (ids.Length == 0 && tags.Length == 0) return rows;
        return rows.Where(c => EF.Parameter(ids).Contains(c.Id) || db.Set<Tag>().Any(t => EF.Parameter(tags).Contains(t.Name)
            && (db.Set<ContainerTag>().Any(x => x.TagId == t.Id && x.ContainerId == c.Id) || db.Set<DatastoreTag>().Any(x => x.TagId == t.Id && x.DatastoreId == c.DatastoreId))));
    }
}
