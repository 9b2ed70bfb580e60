using Assay.Server.Containers;
using Assay.Server.Identity;
using Assay.Server.Operations.Promote;
using Assay.Server.Store;
using Assay.Server.Teams;
using Assay.Server.Web.Requests;
using Assay.Server.Web.Responses;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Operations;

/// <summary>Starting, watching and stopping long work.</summary>
internal static class OperationsApi
{
    public static void MapOperations(this IEndpointRouteBuilder api)
    {
        var operations = api.MapGroup("/operations").WithTags("Operations");
        operations.MapPost("/run", Run).Needs(Permissions.Member).Fails(404, 409).WithSummary("Start an operation")
            .WithDescription("Needs the Editor team permission on the datastore. Where the same work is already queued or running, that operation is answered: asking twice is not an error. 409 where no enrichment datastore is linked for an export, a materialization, or a scan that is to copy rows (enrichment_remediation_strategy).");
        operations.MapGet("", List).Needs(Permissions.Member).WithSummary("List operations");
        operations.MapGet("/{id}", Get).Needs(Permissions.ReadOperation).WithSummary("Get an operation");
        operations.MapGet("/{id}/containers", Containers).Needs(Permissions.ReadOperation).WithSummary("The containers that an operation looked at")
            .WithDescription("For a sync the datastore's live containers of the kinds that it was asked to include; for a profile or materialization those that it has finished, profiles with their container_profile. By name.");
        operations.MapGet("/{id}/heartbeat", Heartbeat).Needs(Permissions.ReadOperation).WithSummary("Whether an operation is being worked on")
            .WithDescription("A running operation's worker writes a heartbeat every second; after 15 seconds without one others take the operation over.");
        operations.MapPut("/abort/{id}", Abort).Needs(Permissions.RunOperation).WithSummary("Abort an operation")
            .WithDescription("A queued operation ends at once, a running one as soon as its source lets go; a finished one stays as it is.");
        operations.MapPut("/run/{id}", Resume).Needs(Permissions.RunOperation).WithSummary("Resume an operation")
            .WithDescription("An aborted or failed profile, scan or materialization goes on under the same id with the containers that it has not finished; an export is written anew. A sync always starts from scratch: 409.").Fails(409);
        operations.MapPut("/rerun/{id}", Rerun).Needs(Permissions.RunOperation).Fails(409).WithSummary("Run an ended operation again, as a new one");
        operations.MapDelete("/{id}", Delete).Needs(Permissions.RunOperation).Fails(409).WithSummary("Delete the record of an ended operation");
    }

    private static async Task<Results<Ok<OperationView>, Failure>> Run(
        Body<RunRequest> body, Caller caller, DatastoreAccess access, RunChecks checks, PromotionChecks promotions, OperationDesk desk, OperationList list, AssayDb db, CancellationToken cancel)
    {
        var wanted = body.Value;
        var notFound = Failure.NotFound("Datastore", wanted.DatastoreId);
        if (await access.RefuseAsync(caller, wanted.DatastoreId, TeamPermission.Editor, notFound, managersPass: false, cancel) is { } refusal) return refusal;
        if (await checks.RefuseAsync(wanted, cancel) is { } mistaken) return mistaken;
        if (wanted.Kind == PromoteChecksKind.Name && await promotions.RefuseAsync(wanted, caller, cancel) is { } unfit) return unfit;
        return await Answer(await desk.EnqueueAsync(db, wanted.DatastoreId, wanted.Kind, wanted.Settings(), caller, cancel), list, caller, cancel);
    }

    private static async Task<Ok<PageOf<OperationView>>> List(Query<OperationFilter> query, Caller caller, OperationList list, CancellationToken cancel) =>
        TypedResults.Ok(await list.PageAsync(query.Value, caller, cancel));

    private static async Task<Results<Ok<OperationView>, Failure>> Get(long id, Caller caller, OperationList list, CancellationToken cancel) =>
        await list.FindAsync(id, caller, cancel) is { } view ? TypedResults.Ok(view) : Failure.NotFound("Operation", id);

    private static async Task<Results<Ok<PageOf<ContainerView>>, Failure>> Containers(
        long id, Query<Paging> paging, Caller caller, OperationContainers containers, CancellationToken cancel) =>
        await containers.PageAsync(id, paging.Value, caller, cancel) is { } page ? TypedResults.Ok(page) : Failure.NotFound("Operation", id);

    private static async Task<Results<Ok<HeartbeatView>, Failure>> Heartbeat(long id, AssayDb db, CancellationToken cancel) =>
        await db.Set<Operation>().Where(o => o.Id == id).Select(o => new HeartbeatView(o.Id, o.Result, o.Heartbeat, o.AbortRequested)).FirstOrDefaultAsync(cancel) is { } view
            ? TypedResults.Ok(view) : Failure.NotFound("Operation", id);

    private static async Task<Results<Ok<OperationView>, Failure>> Abort(
        long id, Caller caller, OperationControl control, OperationList list, CancellationToken cancel)
    {
        await control.AbortAsync(id, cancel);
        return await Get(id, caller, list, cancel);
    }

    private static async Task<Results<Ok<OperationView>, Failure>> Resume(
        long id, Query<ResumeQuery> query, Caller caller, OperationControl control, OperationList list, CancellationToken cancel) =>
        await control.ResumeAsync(id, query.Value.ForceAbort ?? false, cancel) is { } failure ? failure : await Get(id, caller, list, cancel);

    private static async Task<Results<Ok<OperationView>, Failure>> Rerun(
        long id, Caller caller, OperationControl control, OperationList list, CancellationToken cancel) =>
        await Answer(await control.RerunAsync(id, caller, cancel), list, caller, cancel);

    private static async Task<Results<NoContent, Failure>> Delete(long id, OperationControl control, CancellationToken cancel) =>
        await control.DeleteAsync(id, cancel) is { } failure ? failure : TypedResults.NoContent();

    private static async Task<Results<Ok<OperationView>, Failure>> Answer(
        Outcome<Operation> outcome, OperationList list, Caller caller, CancellationToken cancel) =>
        outcome.Try(out var operation, out var failure) ? TypedResults.Ok((await list.ViewsAsync([operation], caller, cancel))[0]) : failure;
}
