using Assay.Server.Datastores;
using Assay.Server.Enrichment.Tables;
using Assay.Server.Identity;
using Assay.Server.Store;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Enrichment.Reads;

/// <summary>The tables that Assay writes to an enrichment store. Members see those of sources that they may see, and of sources that are deleted.</summary>
internal sealed class EnrichmentTables(AssayDb db)
{
    public async Task<List<EnrichmentTableView>> ListAsync(long storeId, Caller caller, CancellationToken cancel)
    {
        var tables = await Visible(storeId, caller).OrderBy(t => t.Name).ToListAsync(cancel);
        var ids = tables.Select(t => t.DatastoreId).Distinct().ToArray();
        var sources = await db.Set<Datastore>().Where(d => EF.Parameter(ids).Contains(d.Id) && d.Deleted == null).ToDictionaryAsync(d => d.Id, DatastoreStub.From.Compile(), cancel);
        return tables.ConvertAll(t => new EnrichmentTableView(t.Name, t.Label, sources.GetValueOrDefault(t.DatastoreId)));
    }

    /// <returns>Null where the caller sees no such table.</returns>
    public Task<WrittenTable?> FindAsync(long storeId, string name, Caller caller, CancellationToken cancel) =>
        Visible(storeId, caller).FirstOrDefaultAsync(t => t.Name == name, cancel);

    private IQueryable<WrittenTable> Visible(long storeId, Caller caller)
    {
        var seen = db.DatastoresVisibleTo(caller);
        return db.Set<WrittenTable>().AsNoTracking().Where(t => t.TargetId == storeId
            && (seen.Any(d => d.Id == t.DatastoreId) || !db.Set<Datastore>().Any(d => d.Id == t.DatastoreId && d.Deleted == null)));
    }
}
