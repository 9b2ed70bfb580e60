using Assay.Server.Datastores.Reads;
using Assay.Server.Identity;
using Assay.Server.Store;
using Assay.Server.Teams;
using Assay.Server.Web.Responses;
using Assay.Sources.Catalogue;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Datastores.Enrichment;

/// <summary>Who may be linked to whom. All checks expect the datastores in question to be locked.</summary>
internal sealed class EnrichmentRules(AssayDb db, ConnectorCatalogue connectors)
{
    /// <summary>Why the source cannot write to the enrichment store; null where it can.</summary>
    public async Task<Failure?> RefuseLinkAsync(Datastore source, Datastore target, Caller caller, CancellationToken cancel)
    {
        if (!await SeesAsync(caller, target.Id, cancel)) return Failure.NotFound("Datastore", target.Id);
        if (source.EnrichmentOnly) return Failure.Conflict($"The datastore id: {source.Id} is an enrichment store");
        if (!target.EnrichmentOnly) return Failure.Conflict($"The datastore id: {target.Id} is not an enrichment store");
        return RefuseTarget(target.Type) ?? await RefusePrefixAsync(source, target.Id, cancel);
    }

    /// <summary>Why a connector's stores cannot be enrichment stores; null where they can.</summary>
    public Failure? RefuseTarget(string type) => connectors.TryFind(type, out var connector) && connector.Spec.SupportsEnrichment
        ? null : Failure.Conflict($"Datastores of type '{type}' cannot be enrichment stores");

    /// <summary>Sources that write to the same store must not share tables.</summary>
    public async Task<Failure?> RefusePrefixAsync(Datastore source, long targetId, CancellationToken cancel) =>
        await db.Set<Datastore>().Where(d => d.EnrichmentDatastoreId == targetId && d.EnrichmentPrefix == source.EnrichmentPrefix && d.Id != source.Id && d.Deleted == null)
            .Select(d => (long?)d.Id).FirstOrDefaultAsync(cancel) is { } other
            ? Failure.Conflict(PrefixTaken(source.EnrichmentPrefix!, $"datastore id: {other}", targetId))
            : null;

    public static string PrefixTaken(string prefix, string by, long targetId) =>
        $"Enrichment prefix: '{prefix}' is already used by {by} on the enrichment datastore id: {targetId}; set another enrichment_prefix";

    /// <summary>All prefixes in use on an enrichment store, each with the datastore that has it, as messages name it.</summary>
    public async Task<Dictionary<string, string>> PrefixesAsync(long targetId, CancellationToken cancel) =>
        (await db.Set<Datastore>().Where(d => d.EnrichmentDatastoreId == targetId && d.EnrichmentPrefix != null && d.Deleted == null)
            .Select(d => new { d.Id, d.EnrichmentPrefix }).ToListAsync(cancel))
        .GroupBy(d => d.EnrichmentPrefix!, StringComparer.Ordinal).ToDictionary(same => same.Key, same => $"datastore id: {same.Min(d => d.Id)}", StringComparer.Ordinal);

    /// <summary>The sources linked to an enrichment store, as many as a message can name.</summary>
    public async Task<Failure?> RefuseWhileLinkedAsync(long targetId, string what, CancellationToken cancel)
    {
        const int mostNamed = 10;
        var linked = db.Set<Datastore>().Where(d => d.EnrichmentDatastoreId == targetId && d.Deleted == null);
        var ids = await linked.OrderBy(d => d.Id).Select(d => d.Id).Take(mostNamed + 1).ToListAsync(cancel);
        if (ids.Count == 0) return null;
        var more = ids.Count > mostNamed ? $" and {await linked.CountAsync(cancel) - mostNamed} more" : "";
        return Failure.Conflict($"Cannot {what}: datastore ids {string.Join(", ", ids.Take(mostNamed))}{more} are linked to it; unlink them first");
    }

    // A link shows the store's name to everyone who reads the source, so a member must be able to see it in the first place.
    private async Task<bool> SeesAsync(Caller caller, long id, CancellationToken cancel) => Visibility.Of(caller).All
        || await db.Set<TeamDatastore>().AnyAsync(td => td.DatastoreId == id && db.Set<Team>().Any(t => t.Id == td.TeamId
            && (t.IsPublic || db.Set<TeamMember>().Any(m => m.TeamId == t.Id && m.UserId == caller.Id))), cancel);
}
