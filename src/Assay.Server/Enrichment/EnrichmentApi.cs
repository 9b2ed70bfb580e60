using Assay.Server.Containers.Preview;
using Assay.Server.Datastores.Enrichment;
using Assay.Server.Enrichment.Reads;
using Assay.Server.Identity;
using Assay.Server.Web.Requests;
using Assay.Server.Web.Responses;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assay.Server.Enrichment;

/// <summary>What scans write to enrichment stores: how that goes, and what is there.</summary>
internal static class EnrichmentApi
{
    public static void MapEnrichment(this IEndpointRouteBuilder api)
    {
        var datastores = api.MapGroup("/datastores").WithTags("Enrichment");
        datastores.MapGet("/{datastore_id}/enrichment", State).Needs(Permissions.ReadDatastore.At("datastore_id")).WithSummary("How writing to a datastore's enrichment store goes")
            .WithDescription("Of an enrichment store: how all of its sources' evidence is written to it.");
        datastores.MapPost("/{datastore_id}/enrichment/retry", Retry).Needs(Permissions.EditDatastore.At("datastore_id")).WithSummary("Try at once to write what waits for an enrichment store");
        datastores.MapGet("/{datastore_id}/enrichment/{enrichment_id}", Plan).Needs(Permissions.EditDatastore.At("datastore_id")).Fails(409, 503).WithSummary("What a link would come to")
            .WithDescription("Changes nothing: tells whether the store can be written, and which tables scans would make there. 409 where the two cannot be linked.");
        datastores.MapGet("/{id}/listing", Tables).Needs(Permissions.ReadDatastore).WithSummary("List the tables that Assay writes to an enrichment store")
            .WithDescription("Members see the tables of sources that they may see.");
        datastores.MapGet("/{id}/source-records", Rows).Needs(Permissions.ViewDatastore).Fails(400, 409, 503).WithSummary("Rows of a table at an enrichment store")
            .WithDescription("A JSON array of objects as text, the members by the columns' names in lower case; null where there is no row. 409 for a table that was written with values of masked fields (include_masked).");
    }

    private static async Task<Results<Ok<EnrichmentView>, Failure>> State(long datastore_id, EnrichmentStates states, CancellationToken cancel) =>
        await states.FindAsync(datastore_id, cancel) is { } view ? TypedResults.Ok(view) : Failure.NotFound("Datastore", datastore_id);

    private static async Task<Results<Ok<EnrichmentView>, Failure>> Retry(long datastore_id, EnrichmentStates states, CancellationToken cancel)
    {
        await states.RetryAsync(datastore_id, cancel);
        return await State(datastore_id, states, cancel);
    }

    private static async Task<Results<Ok<LinkPlanView>, Failure>> Plan(long datastore_id, long enrichment_id, Caller caller, EnrichmentLinks links, CancellationToken cancel) =>
        (await links.PlanAsync(datastore_id, enrichment_id, caller, cancel)).ToOk();

    private static async Task<Ok<List<EnrichmentTableView>>> Tables(long id, Caller caller, EnrichmentTables tables, CancellationToken cancel) =>
        TypedResults.Ok(await tables.ListAsync(id, caller, cancel));

    private static async Task<Results<Ok<SourceRecordsView>, Failure>> Rows(
        long id, Query<EnrichmentRowsQuery> query, Caller caller, EnrichmentTables tables, EnrichmentRows rows, CancellationToken cancel) =>
        await tables.FindAsync(id, query.Value.Path, caller, cancel) is { } table
            ? table.Revealed ? Failure.Conflict($"The table '{table.Name}' holds values of masked fields; they are shown by the store alone") : (await rows.ReadAsync(id, table, query.Value, cancel)).ToOk()
            : Failure.NotFound($"The enrichment datastore id: {id} has no table '{query.Value.Path}'");
}
