using Assay.Server.Checks.Reads;
using Assay.Server.Checks.Writes;
using Assay.Server.History;
using Assay.Server.Identity;
using Assay.Server.Store;
using Assay.Server.Teams;
using Assay.Server.Web.Requests;
using Assay.Server.Web.Responses;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Checks;

/// <summary>What is asserted about containers.</summary>
internal static class ChecksApi
{
    public static void MapChecks(this IEndpointRouteBuilder api)
    {
        var checks = api.MapGroup("/quality-checks").WithTags("Quality checks");
        checks.MapGet("", List).Needs(Permissions.Member).WithSummary("List checks");
        checks.MapGet("/listing", Listing).Needs(Permissions.Member).WithSummary("All live checks in short, unpaged");
        checks.MapGet("/{id}", Get).Needs(Permissions.Member).Fails(404).WithSummary("Get a check")
            .WithDescription("Needs the Reporter team permission on its datastore. Archived checks are shown too.");
        checks.MapGet("/{id}/history", History).Needs(Permissions.Member).Fails(404).WithSummary("Get a check's history")
            .WithDescription("Every change with its author, oldest first. Needs the Reporter team permission.");
        checks.MapPost("", Create).Needs(Permissions.Member).Fails(404, 409).WithSummary("Create a check")
            .WithDescription("Needs the Author team permission on the container's datastore, Drafter for a draft. Active checks are validated as a whole; drafts may be unfinished. 409 names the check that asserts the same already.");
        checks.MapPost("/validate", Validate).Needs(Permissions.Member).Fails(404).WithSummary("Validate a check without saving it")
            .WithDescription("204 when it could be created. Needs the Drafter team permission on the container's datastore.");
        checks.MapPut("/{id}", Update).Needs(Permissions.Member).Fails(404, 409).WithSummary("Update a check")
            .WithDescription("Replaces fields, coverage, filter and properties; container and rule stay. An open status restores an archived check. Needs the Author team permission, Drafter where a draft stays one.");
        checks.MapPut("", Archive).Needs(Permissions.Member).Fails(404, 409).WithSummary("Archive several checks").WithDescription("The older form of the bulk DELETE.");
        checks.MapPatch("", Patch).Needs(Permissions.Member).Fails(404, 409).WithSummary("Change several checks")
            .WithDescription("What is left out stays; either all changes are made or none. Needs the Author team permission on each, Drafter where drafts stay drafts.");
        checks.MapPatch("/{id}/favorite", Favor).Needs(Permissions.Member).Fails(404).WithSummary("Mark a check as a favourite, or not");
        checks.MapPost("/{id}/restore", Restore).Needs(Permissions.Member).Fails(404, 409).WithSummary("Restore an archived check")
            .WithDescription("Needs the Author team permission, Drafter to restore it as a draft. 409 where an equal check is live.");
        checks.MapDelete("/{id}", Remove).Needs(Permissions.Member).Fails(404, 409).WithSummary("Archive or delete a check")
            .WithDescription("Needs the Author team permission on its datastore.");
        checks.MapDelete("", RemoveAll).Needs(Permissions.Member).Fails(404, 409).WithSummary("Archive or delete several checks")
            .WithDescription("Either all or none. Needs the Author team permission on the datastore of each.");
    }

    private static async Task<Ok<PageOf<CheckView>>> List(Query<CheckQuery> query, Caller caller, CheckReads reads, CancellationToken cancel) =>
        TypedResults.Ok(await reads.PageAsync(query.Value, caller, cancel));

    private static async Task<Ok<IReadOnlyList<CheckStub>>> Listing(Query<CheckListingQuery> query, Caller caller, CheckReads reads, CancellationToken cancel) =>
        TypedResults.Ok(await reads.ListingAsync(query.Value, caller, cancel));

    private static async Task<Results<Ok<CheckView>, Failure>> Get(long id, Caller caller, CheckAccess access, CheckReads reads, CancellationToken cancel) =>
        await access.RefuseAsync(id, caller, TeamPermission.Reporter, cancel) is { } refusal ? refusal : await Answer(id, caller, reads, cancel);

    private static async Task<Results<Ok<HistoryView>, Failure>> History(
        long id, Caller caller, CheckAccess access, AssayDb db, HistoryViews history, CancellationToken cancel)
    {
        if (await access.RefuseAsync(id, caller, TeamPermission.Reporter, cancel) is { } refusal) return refusal;
        var check = await db.Set<QualityCheck>().AsNoTracking().FirstAsync(c => c.Id == id, cancel);
        var view = await history.OfAsync(CheckHistory.ObjectType, id, check.Created, cancel);
        return TypedResults.Ok(MaskedHistory.Of(view, check, await CheckMask.ReadAsync(db, [check], cancel)));
    }

    private static async Task<Results<Ok<CheckView>, Failure>> Create(
        Body<CheckRequest> body, Caller caller, CheckAccess access, CheckWriter writer, CheckReads reads, CancellationToken cancel)
    {
        var wanted = body.Value;
        if (await access.RefuseContainerAsync(wanted.ContainerId, caller, CheckAccess.ToSave(wanted.Status), cancel) is { } refusal) return refusal;
        return (await writer.CreateAsync(wanted, caller, cancel)).Try(out var id, out var failure) ? await Answer(id, caller, reads, cancel) : failure;
    }

    private static async Task<Results<NoContent, Failure>> Validate(
        Body<CheckValidationRequest> body, Caller caller, CheckAccess access, CheckWriter writer, CancellationToken cancel)
    {
        var wanted = body.Value.QualityCheck!;
        if (await access.RefuseContainerAsync(wanted.ContainerId, caller, TeamPermission.Drafter, cancel) is { } refusal) return refusal;
        if (!CheckVariables.Read(body.Value.CheckVariables, ["body", "check_variables"]).Try(out var variables, out var invalid)) return invalid;
        return await writer.ValidateAsync(wanted, variables, caller, cancel) is { } failure ? failure : TypedResults.NoContent();
    }

    private static async Task<Results<Ok<CheckView>, Failure>> Update(
        long id, Body<CheckUpdate> body, Caller caller, CheckAccess access, AssayDb db, CheckWriter writer, CheckReads reads, CancellationToken cancel)
    {
        if (await access.RefuseAsync(id, caller, await CheckDrafts.ToChangeAsync(db, id, body.Value.Status, cancel), cancel) is { } refusal) return refusal;
        return (await writer.UpdateAsync(id, body.Value, caller, cancel)).Try(out _, out var failure) ? await Answer(id, caller, reads, cancel) : failure;
    }

    private static async Task<Results<Ok<IReadOnlyList<CheckView>>, Failure>> Patch(
        Body<IReadOnlyList<CheckChange>> body, Caller caller, CheckAccess access, AssayDb db, CheckBulkEdit edit, CheckReads reads, CancellationToken cancel)
    {
        foreach (var change in body.Value)
            if (await access.RefuseAsync(change.Id, caller, await CheckDrafts.ToChangeAsync(db, change.Id, change.Status, cancel), cancel) is { } refusal) return refusal;
        return (await edit.ApplyAsync(body.Value, caller, cancel)).Try(out _, out var failure)
            ? TypedResults.Ok(await reads.FindAsync([.. body.Value.Select(c => c.Id)], caller, cancel)) : failure;
    }

    private static async Task<Results<Ok<CheckView>, Failure>> Favor(
        long id, Body<CheckFavoriteRequest> body, Caller caller, CheckAccess access, AssayDb db, CheckReads reads, CancellationToken cancel)
    {
        if (await access.RefuseAsync(id, caller, TeamPermission.Reporter, cancel) is { } refusal) return refusal;
        await (body.Value.Favorite
            ? db.Database.ExecuteSqlAsync($"INSERT INTO check_favorites (user_id, check_id) SELECT {caller.Id}, id FROM quality_checks WHERE id = {id} ON CONFLICT DO NOTHING", cancel)
            : db.Set<CheckFavorite>().Where(f => f.UserId == caller.Id && f.CheckId == id).ExecuteDeleteAsync(cancel));
        return await Answer(id, caller, reads, cancel);
    }

    private static async Task<Results<Ok<CheckView>, Failure>> Restore(
        long id, OptionalBody<CheckRestoreRequest> body, Caller caller, CheckAccess access, CheckRemoval removal, CheckReads reads, CancellationToken cancel)
    {
        var status = body.Value?.Status ?? CheckStatus.Active;
        if (await access.RefuseAsync(id, caller, CheckAccess.ToSave(status), cancel) is { } refusal) return refusal;
        return (await removal.RestoreAsync([id], status, caller, cancel)).Try(out _, out var failure) ? await Answer(id, caller, reads, cancel) : failure;
    }

    private static async Task<Results<NoContent, Failure>> Remove(
        long id, Query<CheckRemovalQuery> query, Caller caller, CheckAccess access, CheckRemoval removal, CancellationToken cancel)
    {
        var how = query.Value;
        return await RemoveAsync([new() { Id = id, Archive = how.Archive, Status = how.Status, DeleteAnomalies = how.DeleteAnomalies }], caller, access, removal, cancel);
    }

    private static Task<Results<NoContent, Failure>> RemoveAll(
        Body<IReadOnlyList<CheckRemovalRequest>> body, Caller caller, CheckAccess access, CheckRemoval removal, CancellationToken cancel) =>
        RemoveAsync(body.Value, caller, access, removal, cancel);

    private static Task<Results<NoContent, Failure>> Archive(
        Body<IReadOnlyList<CheckRemovalRequest>> body, Caller caller, CheckAccess access, CheckRemoval removal, CancellationToken cancel) =>
        RemoveAsync([.. body.Value.Select(item => item with { Archive = true })], caller, access, removal, cancel);

    private static async Task<Results<NoContent, Failure>> RemoveAsync(
        IReadOnlyList<CheckRemovalRequest> wanted, Caller caller, CheckAccess access, CheckRemoval removal, CancellationToken cancel)
    {
        if (await access.RefuseAsync(wanted.Select(w => w.Id), caller, TeamPermission.Author, cancel) is { } refusal) return refusal;
        return (await removal.RemoveAsync(wanted, caller, cancel)).Try(out _, out var failure) ? TypedResults.NoContent() : failure;
    }

    private static async Task<Results<Ok<CheckView>, Failure>> Answer(long id, Caller caller, CheckReads reads, CancellationToken cancel) =>
        await reads.FindAsync(id, caller, cancel) is { } view ? TypedResults.Ok(view) : CheckAccess.NotFound(id);
}
