using Assay.Server.Checks;
using Assay.Server.Containers;
using Assay.Server.Datastores;
using Assay.Server.Datastores.Enrichment;
using Assay.Server.Store;
using Assay.Server.Web.Responses;
using Assay.Sources.Catalogue;
using Assay.Sources.Writing;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Operations.Export;

/// <summary>Whether an export or a materialization can be begun: there is a store to write to, and what is asked for exists.</summary>
internal sealed class ExportChecks(AssayDb db, EnrichmentRules rules, ConnectorCatalogue connectors)
{
    /// <summary>Why nothing of a datastore can be written to its enrichment store; null where it can.</summary>
    public async Task<Failure?> RefuseLinkAsync(long datastoreId, CancellationToken cancel)
    {
        if (await FindAsync(datastoreId, cancel) is not { } source) return Failure.NotFound("Datastore", datastoreId);
        if (source.EnrichmentDatastoreId is not { } storeId)
            return Failure.Conflict($"Datastore id: {datastoreId} has no enrichment datastore; link one first (PATCH /api/datastores/{datastoreId}/enrichment/{{id}})");
        return await FindAsync(storeId, cancel) is { } store ? RefuseType(store) : Failure.Conflict($"The enrichment datastore id: {storeId} is deleted; link another one");
    }

    /// <summary>Why templates cannot be written to a datastore; null where they can.</summary>
    public async Task<Failure?> RefuseStoreAsync(long storeId, CancellationToken cancel)
    {
        if (await FindAsync(storeId, cancel) is not { } store) return Failure.NotFound("Datastore", storeId);
        return store.EnrichmentOnly ? RefuseType(store) : Failure.Conflict($"The datastore id: {storeId} is not an enrichment store");
    }

    /// <param name="deleted">Whether deleted containers may be asked for.</param>
    /// <param name="loc">Where the ids stood in the request.</param>
    public async Task<IReadOnlyList<FieldError>> UnknownContainersAsync(long datastoreId, IReadOnlyList<long>? ids, bool deleted, IReadOnlyList<object> loc, CancellationToken cancel) =>
        ids is null or [] ? [] : Unknown(ids, await db.Set<Container>().Where(c => c.DatastoreId == datastoreId && (deleted || c.DeletedAt == null) && EF.Parameter(ids).Contains(c.Id))
            .Select(c => c.Id).ToListAsync(cancel), loc, "The datastore has no container with the id");

    /// <inheritdoc cref="UnknownContainersAsync"/>
    public async Task<IReadOnlyList<FieldError>> UnknownTemplatesAsync(IReadOnlyList<long>? ids, IReadOnlyList<object> loc, CancellationToken cancel) =>
        ids is null or [] ? [] : Unknown(ids, await db.Set<QualityCheck>().Where(c => c.IsTemplate && EF.Parameter(ids).Contains(c.Id)).Select(c => c.Id).ToListAsync(cancel), loc, "There is no check template with the id");

    private static FieldError[] Unknown(IReadOnlyList<long> ids, IReadOnlyList<long> known, IReadOnlyList<object> loc, string words) =>
        [.. ids.Select((id, i) => (id, i)).Where(x => !known.Contains(x.id)).Select(x => new FieldError([.. loc, x.i], $"{words} {x.id}", "value_error"))];

    private Failure? RefuseType(Datastore store) => rules.RefuseTarget(store.Type)
        ?? (connectors.TryFind(store.Type, out var connector) && connector is IWritable ? null : Failure.Conflict($"This build of Assay cannot write tables to datastores of type '{store.Type}'; link an enrichment datastore of another type"));

    private Task<Datastore?> FindAsync(long id, CancellationToken cancel) => db.Set<Datastore>().AsNoTracking().FirstOrDefaultAsync(d => d.Id == id && d.Deleted == null, cancel);
}
