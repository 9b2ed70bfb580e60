using Assay.Server.Datastores;
using Assay.Server.Datastores.Enrichment;
using Assay.Server.Enrichment.Tables;
using Assay.Server.Store;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Enrichment;

/// <summary>Leads from a datastore to where its tables go.</summary>
internal sealed class EnrichmentPlaces(IDbContextFactory<AssayDb> contexts)
{
    /// <returns>Null where the datastore is gone, or no enrichment datastore is linked to it.</returns>
    public async Task<EnrichmentPlace?> FindAsync(long datastoreId, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        if (await FindAsync(db, datastoreId, cancel) is not { EnrichmentDatastoreId: { } storeId } source) return null;
        return await FindAsync(db, storeId, cancel) is { } store ? new EnrichmentPlace(source, store) : null;
    }

    private static Task<Datastore?> FindAsync(AssayDb db, long id, CancellationToken cancel) =>
        db.Set<Datastore>().AsNoTracking().FirstOrDefaultAsync(d => d.Id == id && d.Deleted == null, cancel);
}

/// <summary>A source and the store that its tables go to.</summary>
internal sealed record EnrichmentPlace(Datastore Source, Datastore Store)
{
    /// <summary>Said by an operation whose datastore has lost its link since it was asked for.</summary>
    public const string NotLinked = "No enrichment datastore is linked any more; link one and run this again.";

    /// <summary>The beginning of the tables' names.</summary>
    public string Prefix => Source.EnrichmentPrefix ?? EnrichmentPrefix.Normalise(Source.Name);

    public string Table(string suffix) => EvidenceTableName.Of(Prefix, suffix);
}
