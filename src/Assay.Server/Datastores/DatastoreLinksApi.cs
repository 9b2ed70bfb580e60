using Assay.Server.Datastores.Enrichment;
using Assay.Server.Datastores.Reads;
using Assay.Server.Datastores.Writes;
using Assay.Server.Identity;
using Assay.Server.Web.Requests;
using Assay.Server.Web.Responses;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assay.Server.Datastores;

/// <summary>What connects a datastore with the world: its enrichment store, and whether it can be reached.</summary>
internal static class DatastoreLinksApi
{
    public static void MapDatastoreLinks(this IEndpointRouteBuilder api)
    {
        var datastores = api.MapGroup("/datastores").WithTags("Datastores");
        datastores.MapPatch("/{datastore_id}/enrichment/{enrichment_id}", Link).Needs(Permissions.EditDatastore.At("datastore_id")).Fails(400, 409, 503).WithSummary("Link an enrichment store")
            .WithDescription("Needs Editor permission on the source. Linking another store switches, and what still waits to be written goes there. 400 where the store cannot be reached and written, 409 where the store cannot be linked or another source there has the same enrichment_prefix.");
        datastores.MapDelete("/{datastore_id}/enrichment", Unlink).Needs(Permissions.Admin).Fails(409).WithSummary("Unlink the enrichment store")
            .WithDescription("Also answers 204 where nothing is linked. Sets enrichment_remediation_strategy to none; tables already written stay, what still waits is not written. 409 while an export or materialize operation is queued or running.");
        datastores.MapPost("/connection", Test).Needs(Permissions.Manager).Fails(400, 404, 409, 503).WithSummary("Test what a create request describes, storing nothing");
        datastores.MapPost("/{id}/connection", Verify).Needs(Permissions.ReadDatastore).Fails(503).WithSummary("Test a stored datastore")
            .WithDescription("Sources are read, enrichment stores read and written. Always 200: the verdict is in the body.");
    }

    private static async Task<Results<Ok<DatastoreView>, Failure>> Link(
        long datastore_id, long enrichment_id, Caller caller, EnrichmentLinks links, DatastoreReader reader, CancellationToken cancel) =>
        await reader.AnswerAsync(datastore_id, caller, (await links.LinkAsync(datastore_id, enrichment_id, caller, cancel)).Failure, cancel);

    private static async Task<Results<NoContent, Failure>> Unlink(long datastore_id, EnrichmentLinks links, CancellationToken cancel) =>
        (await links.UnlinkAsync(datastore_id, cancel)).Failure is { } failure ? failure : TypedResults.NoContent();

    private static async Task<Results<NoContent, Failure>> Test(Body<DatastorePlace> body, DatastoreTester tester, CancellationToken cancel) =>
        await tester.RefuseAsync(body.Value, cancel) is { } failure ? failure : TypedResults.NoContent();

    private static async Task<Results<Ok<Verdict>, Failure>> Verify(long id, DatastoreTester tester, CancellationToken cancel)
    {
        if ((await tester.VerifyAsync(id, cancel)).Try(out var verdict, out var failure)) return TypedResults.Ok(verdict);
        return failure.Status == StatusCodes.Status404NotFound ? failure : TypedResults.Ok(new Verdict(false, failure.Text));
    }
}
