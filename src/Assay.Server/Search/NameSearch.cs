using Assay.Server.Containers;
using Assay.Server.Fields;
using Assay.Server.Identity;
using Assay.Server.Store;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Search;

/// <summary>Searches names of live things that the caller may see.</summary>
internal sealed class NameSearch(AssayDb db)
{
    public async Task<List<SearchHit>> FindAsync(string name, int most, Caller caller, CancellationToken cancel)
    {
        var key = name.ToLowerInvariant();
        var visible = db.DatastoresVisibleTo(caller);
        var containers = db.Set<Container>().Where(c => c.DeletedAt == null && visible.Any(d => d.Id == c.DatastoreId));
        var hits = await visible.Where(d => d.NameKey.Contains(key)).OrderBy(d => d.NameKey).ThenBy(d => d.Id).Take(most)
            .Select(d => new SearchHit(d.Id, d.Name, "datastore") { StoreType = d.StoreType, Type = d.Type, EnrichmentOnly = d.EnrichmentOnly }).ToListAsync(cancel);
        hits.AddRange(await containers.Where(c => c.NameKey.Contains(key)).OrderBy(c => c.NameKey).ThenBy(c => c.Id).Take(most)
            .Select(c => new SearchHit(c.Id, c.Name, "container") { ContainerType = c.ContainerType, DatastoreId = c.DatastoreId }).ToListAsync(cancel));
        hits.AddRange(await db.Set<Field>().Where(f => f.Status != FieldStatus.Excluded && f.Name.ToLower().Contains(key))
            .Join(containers, f => f.ContainerId, c => c.Id, (f, c) => new { f, c.DatastoreId }).OrderBy(r => r.f.Name).ThenBy(r => r.f.Id).Take(most)
            .Select(r => new SearchHit(r.f.Id, r.f.Name, "field") { Type = r.f.Type, ContainerId = r.f.ContainerId, DatastoreId = r.DatastoreId }).ToListAsync(cancel));
        return hits;
    }
}
