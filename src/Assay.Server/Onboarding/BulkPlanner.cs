using Assay.Server.Datastores;
using Assay.Server.Datastores.Enrichment;
using Assay.Server.Datastores.Writes;
using Assay.Server.Store;
using Assay.Server.Web.Responses;
using Assay.Sources.Catalogue;
using Assay.Sources.Contract;

namespace Assay.Server.Onboarding;

/// <summary>Works out the datastores of a bulk creation, or why one cannot be made, without making any.</summary>
internal sealed class BulkPlanner(AssayDb db, EnrichmentRules enrichment, ConnectorCatalogue connectors, TimeProvider clock)
{
    private const int LongestName = 255;

    /// <param name="positions">Which of the ground's places to plan for. The enrichment store, where there is one, is locked by this.</param>
    public async Task<IReadOnlyList<Plan>> PlanAsync(BulkRequest request, BulkGround ground, IReadOnlyList<int> positions, CancellationToken cancel)
    {
        var prefixes = new Dictionary<string, string>(StringComparer.Ordinal);
        if (request.EnrichmentDatastoreId is { } targetId)
        {
            if (await db.LockDatastoreAsync(targetId, cancel) is null)
                return [.. positions.Select(p => new Plan(p, ground.Places[p], null, Failure.NotFound("Datastore", targetId).Text))];
            prefixes = await enrichment.PrefixesAsync(targetId, cancel);
        }
        return [.. positions.Select(p => PlanOf(request, ground, p, prefixes))];
    }

    private Plan PlanOf(BulkRequest request, BulkGround ground, int position, Dictionary<string, string> prefixes)
    {
        var place = ground.Places[position];
        var name = NameTemplate.NameOf(request.NameTemplate, ground.ConnectionName, place);
        if (name.Length > LongestName) return Refused($"The name would have {name.Length} characters; at most {LongestName} are allowed");
        var datastore = RequestFor(request, ground, place, name);
        if (!DatastoreScope.Of(connectors, ground.Type, ground.StoreType, datastore.Database, datastore.Schema, datastore.RootPath, false).Try(out var scope, out var failure)) return Refused(failure.Text);
        var made = NewDatastore.Of(datastore, ground.ConnectionId, ground.Type, ground.StoreType, scope, ground.GroupId, clock.UtcNow());
        if (request.EnrichmentDatastoreId is not { } targetId) return new Plan(position, place, made, null);
        made.EnrichmentDatastoreId = targetId;
        return prefixes.TryAdd(made.EnrichmentPrefix!, $"datastore '{name}' of this request")
            ? new Plan(position, place, made, null)
            : Refused(EnrichmentRules.PrefixTaken(made.EnrichmentPrefix!, prefixes[made.EnrichmentPrefix!], targetId));

        Plan Refused(string problem) => new(position, place, null, problem);
    }

    private CreateDatastoreRequest RequestFor(BulkRequest request, BulkGround ground, string place, string name)
    {
        var scope = ground.StoreType == DatastoreScope.Dfs
            ? new SourceScope(Database: request.Database, RootPath: place)
            : new SchemaLevel(connectors.Find(ground.Type).Spec).ScopeOf(request.Database, place);
        return new CreateDatastoreRequest
        {
            Name = name,
            Database = scope.Database,
            Schema = scope.Schema,
            RootPath = scope.RootPath,
            Description = request.Description,
            EnrichmentOnly = request.EnrichmentOnly,
            EnrichmentPrefix = string.IsNullOrWhiteSpace(request.EnrichmentPrefix) ? null : $"{request.EnrichmentPrefix}_{place}",
            EnrichmentSourceRecordLimit = request.EnrichmentSourceRecordLimit,
            EnrichmentRemediationStrategy = request.EnrichmentRemediationStrategy,
            HighCountRollupThreshold = request.HighCountRollupThreshold,
        };
    }
}

/// <summary>What is to become of one place: a datastore, not stored yet, or the problem that stands in its way.</summary>
internal sealed record Plan(int Position, string Place, Datastore? Datastore, string? Problem);
