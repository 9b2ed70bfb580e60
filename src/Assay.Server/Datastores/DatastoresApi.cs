using System.ComponentModel;
using Assay.Server.Datastores.Purge;
using Assay.Server.Datastores.Reads;
using Assay.Server.Datastores.Writes;
using Assay.Server.Identity;
using Assay.Server.Web.Requests;
using Assay.Server.Web.Responses;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assay.Server.Datastores;

/// <summary>Datastores: sources that Assay watches, and enrichment stores that it writes evidence to.</summary>
internal static class DatastoresApi
{
    public static void MapDatastores(this IEndpointRouteBuilder api)
    {
        var datastores = api.MapGroup("/datastores").WithTags("Datastores");
        datastores.MapGet("", List).Needs(Permissions.Member).WithSummary("List datastores")
            .WithDescription("Members see the datastores of their teams, Managers and Admins all.");
        datastores.MapPost("", Create).Needs(Permissions.Manager).Fails(400, 404, 409).WithSummary("Create a datastore, with a new connection or a stored one")
            .WithDescription("Needs Editor permission in at least one of its teams. A refusal leaves nothing behind, no connection, group, tag or team either.");
        datastores.MapGet("/listing", Listing).Needs(Permissions.Member).WithSummary("List all datastores in few words, by name");
        datastores.MapGet("/{id}", Get).Needs(Permissions.SeeDatastore).WithSummary("Get a datastore");
        datastores.MapPut("/{id}", Update).Needs(Permissions.EditDatastore).Fails(400, 409).WithSummary("Change a datastore")
            .WithDescription("What is left out stays; what a GET shows may be sent back whole.");
        datastores.MapDelete("/{id}", Delete).Needs(Permissions.Admin).Fails(409).WithSummary("Delete a datastore and all that Assay knows of it")
            .WithDescription("Hidden at once, removed in the background; tables at its enrichment store stay unless drop_enrichment_tables asks for their removal. Refused (409) for an enrichment store that sources are linked to.");
        datastores.MapDelete("", DeleteMany).Needs(Permissions.Admin).WithSummary("Delete many datastores")
            .WithDescription("The ids come in the body, as shown or as a bare list, or as repeated `id` parameters. Each is deleted like one alone, or listed under `errors`; an enrichment store goes where all its sources go too.");
        datastores.MapPatch("/{id}/favorite", Favorite).Needs(Permissions.ReadDatastore).WithSummary("Mark or unmark a datastore as the caller's favourite");
        datastores.MapMethods("/{id}/assign-group", ["PATCH", "PUT"], AssignGroup).Needs(Permissions.EditDatastore).WithSummary("Put a datastore into a group, or take it out with null");
    }

    private static Task<RenderedPage<DatastoreItem>> List(Query<DatastoreQuery> query, Caller caller, DatastoreList list, CancellationToken cancel) =>
        list.ReadAsync(query.Value, caller, cancel);

    private static async Task<Results<Created<DatastoreView>, Failure>> Create(
        Body<CreateDatastoreRequest> body, Caller caller, CreateDatastore create, DatastoreTester tester, DatastoreReader reader, CancellationToken cancel)
    {
        if (!(await create.RunAsync(body.Value, caller, cancel)).Try(out var datastore, out var failure)) return failure;
        await tester.LookAsync(datastore.Id, cancel);
        return await reader.FindAsync(datastore.Id, caller, cancel) is { } view ? TypedResults.Created($"/api/datastores/{view.Id}", view) : NotFound(datastore.Id);
    }

    private static async Task<Ok<List<DatastoreStub>>> Listing(Query<ListingQuery> query, Caller caller, DatastoreReader reader, CancellationToken cancel) =>
        TypedResults.Ok(await reader.ListingAsync(query.Value.EnrichmentOnly, caller, cancel));

    private static async ValueTask<Results<Rendered<DatastoreView>, Failure>> Get(long id, DatastoreSight? seen, Caller caller, DatastoreGlance glance, CancellationToken cancel) =>
        seen is not null && await glance.WriteAsync(seen, caller, cancel) is { } json ? new Rendered<DatastoreView>(json) : NotFound(id);

    private static async Task<Results<Ok<DatastoreView>, Failure>> Update(
        long id, Body<UpdateDatastoreRequest> body, Caller caller, UpdateDatastore update, DatastoreReader reader, CancellationToken cancel) =>
        await reader.AnswerAsync(id, caller, (await update.RunAsync(id, body.Value, caller, cancel)).Failure, cancel);

    private static async Task<Results<NoContent, Failure>> Delete(long id, Query<DeleteOptions> options, DeleteDatastore delete, CancellationToken cancel) =>
        (await delete.RunAsync(id, options.Value.DropEnrichmentTables, cancel)).Failure is { } failure ? failure : TypedResults.NoContent();

    private static async Task<Results<Ok<DeleteResult>, Failure>> DeleteMany(
        Query<DeleteQuery> query, OptionalBody<DeleteRequest> body, DeleteDatastore delete, CancellationToken cancel)
    {
        var ids = (query.Value.Id ?? []).Concat(body.Value?.Ids ?? []).Distinct().ToArray();
        return ids.Length > 0
            ? TypedResults.Ok(await delete.RunAsync(ids, query.Value.DropEnrichmentTables, cancel))
            : Failure.Invalid(FieldError.InBody("ids", "List should have at least 1 item, not 0", "too_short"));
    }

    private static async Task<Results<Ok<DatastoreView>, Failure>> Favorite(
        long id, Body<FavoriteRequest> body, Caller caller, DatastoreMarks marks, DatastoreReader reader, CancellationToken cancel)
    {
        await marks.SetFavoriteAsync(id, body.Value.Favorite, caller, cancel);
        return await reader.AnswerAsync(id, caller, null, cancel);
    }

    private static async Task<Results<Ok<DatastoreView>, Failure>> AssignGroup(
        long id, Body<AssignGroupRequest> body, Caller caller, DatastoreMarks marks, DatastoreReader reader, CancellationToken cancel) =>
        body.Value.Sent(nameof(AssignGroupRequest.GroupId))
            ? await reader.AnswerAsync(id, caller, (await marks.AssignGroupAsync(id, body.Value.GroupId, cancel)).Failure, cancel)
            : Failure.Invalid(FieldError.InBody("group_id", "Field required", "missing"));

    private static Failure NotFound(long id) => Failure.NotFound("Datastore", id);

    internal sealed record ListingQuery
    {
        [Description("True for enrichment stores only, false for sources only; both where left out.")]
        [Alias("enrich_only")]
        public bool? EnrichmentOnly { get; set; }
    }
}
