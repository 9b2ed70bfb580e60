using Assay.Server.Connections.Edits;
using Assay.Server.Connections.Reads;
using Assay.Server.Connections.Specifications;
using Assay.Server.History;
using Assay.Server.Identity;
using Assay.Server.Store;
using Assay.Server.Web.Requests;
using Assay.Server.Web.Responses;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assay.Server.Connections;

/// <summary>How to reach sources: connections, which datastores share.</summary>
internal static class ConnectionsApi
{
    public static void MapConnections(this IEndpointRouteBuilder api)
    {
        var connections = api.MapGroup("/connections").WithTags("Connections");
        connections.MapGet("", List).Needs(Permissions.Member).WithSummary("List connections");
        connections.MapGet("/listing", Listing).Needs(Permissions.Member).WithSummary("List connections briefly")
            .WithDescription("All connections as a bare array, without paging.");
        connections.MapSpecifications();
        connections.MapGet("/{id}", Get).Needs(Permissions.Member).WithSummary("Get a connection")
            .WithDescription("Secrets are never part of an answer; `stored_secrets` tells which are set.");
        connections.MapGet("/{id}/history", History).Needs(Permissions.Member).WithSummary("Get a connection's history")
            .WithDescription("Every change with its author, oldest first. Of secrets it says only that they changed.");
        connections.MapPost("", Create).Needs(Permissions.Manager).Fails(400, 409, 503).WithSummary("Create a connection")
            .WithDescription("409 where the name is taken, or where a connection with the same type, place, user and parameters is there already. `verify=true` tests it first and saves nothing when the test fails (400).");
        connections.MapPut("/{id}", Update).Needs(Permissions.Manager).Fails(400, 409, 503).WithSummary("Update a connection")
            .WithDescription("""
                `name` and `type` are required; what else is left out stays, and `parameters` is replaced as a whole when sent. Of each secret: absent or masked keeps it, null clears it, anything else replaces it.
                A change of host, port, user or URI needs the stored secrets to be sent again (422). Where a setting changed that decides if the source can be reached, the connection is tested first, and nothing is saved when the test fails (400); `verify=false` skips the test.
                """);
        connections.MapDelete("/{id}", Delete).Needs(Permissions.Manager).Fails(409).WithSummary("Delete a connection")
            .WithDescription("409 while any datastore uses it.");
        connections.MapPost("/{id}/test", Test).Needs(Permissions.Manager).Fails(400, 409, 503).WithSummary("Test a connection")
            .WithDescription("Answers within ten seconds: 204 when the source can be used, 400 with a `message` when not. With a body, the connection is tested as it would be after that update; nothing is saved.");
    }

    private static async Task<Ok<PageOf<ConnectionView>>> List(Query<ConnectionFilter> query, ConnectionViews views, CancellationToken cancel) =>
        TypedResults.Ok(await views.PageAsync(query.Value, cancel));

    private static async Task<Ok<IReadOnlyList<ConnectionStub>>> Listing(Query<ConnectionListingFilter> query, ConnectionViews views, CancellationToken cancel) =>
        TypedResults.Ok(await views.ListingAsync(query.Value.SupportsEnrichment, cancel));

    private static async Task<Results<Ok<ConnectionView>, Failure>> Get(long id, Caller caller, ConnectionViews views, CancellationToken cancel) =>
        (await views.FindAsync(id, caller, cancel)).ToOk();

    private static async Task<Results<Ok<HistoryView>, Failure>> History(long id, Caller caller, ConnectionViews views, HistoryViews history, CancellationToken cancel) =>
        (await views.FindAsync(id, caller, cancel)).Try(out var connection, out var failure)
            ? TypedResults.Ok(await history.OfAsync("connection", id, connection.Created, cancel)) : failure;

    private static async Task<Results<Ok<ConnectionView>, Failure>> Create(
        Body<ConnectionRequest> body, Query<VerifyChoice> query, Caller caller, AssayDb db, ConnectionDesk desk, ConnectionViews views, CancellationToken cancel)
    {
        var created = query.Value.Verify == true
            ? await desk.CreateTestedAsync(db, body.Value, caller, cancel)
            : await desk.CreateAsync(db, body.Value, caller, cancel);
        return created.Try(out var connection, out var failure) ? (await views.FindAsync(connection.Id, caller, cancel)).ToOk() : failure;
    }

    private static async Task<Results<Ok<ConnectionView>, Failure>> Update(
        long id, Body<ConnectionUpdate> body, Query<VerifyChoice> query, Caller caller, ConnectionEditor editor, ConnectionViews views, CancellationToken cancel) =>
        (await editor.UpdateAsync(id, body.Value, query.Value.Verify ?? true, caller, cancel)).Try(out _, out var failure)
            ? (await views.FindAsync(id, caller, cancel)).ToOk() : failure;

    private static async Task<Results<NoContent, Failure>> Delete(long id, Caller caller, ConnectionRemover remover, CancellationToken cancel) =>
        await remover.DeleteAsync(id, caller, cancel) is { } failure ? failure : TypedResults.NoContent();

    private static async Task<Results<NoContent, Failure>> Test(long id, OptionalBody<ConnectionOverrides> body, ConnectionEditor editor, CancellationToken cancel) =>
        await editor.TestAsync(id, body.Value, cancel) is { } failure ? failure : TypedResults.NoContent();
}
