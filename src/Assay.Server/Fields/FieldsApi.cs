using Assay.Server.History;
using Assay.Server.Identity;
using Assay.Server.Web.Requests;
using Assay.Server.Web.Responses;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assay.Server.Fields;

/// <summary>The columns of containers.</summary>
internal static class FieldsApi
{
    private const string OfEach = "Needs the Editor team permission on the datastore of each; either all changes are made or none.";

    public static void MapFields(this IEndpointRouteBuilder api)
    {
        var fields = api.MapGroup("/fields").WithTags("Fields");
        fields.MapGet("", List).Needs(Permissions.Member).WithSummary("List fields of live containers");
        fields.MapPatch("", Patch).Needs(Permissions.Member).Fails(404, 409).WithSummary("Change state or tags of several fields").WithDescription(OfEach);
        fields.MapDelete("", RemoveAll).Needs(Permissions.Member).Fails(404, 409).WithSummary("Exclude or delete several fields").WithDescription(OfEach);
        fields.MapGet("/listing", Listing).Needs(Permissions.Member).WithSummary("All fields in short, unpaged");
        fields.MapPatch("/restore", RestoreAll).Needs(Permissions.Member).Fails(404, 409).WithSummary("Bring several excluded fields back").WithDescription(OfEach);
        fields.MapPost("/merge", Merge).Needs(Permissions.Member).Fails(404, 409).WithSummary("Join the two fields of a renamed column")
            .WithDescription("Needs the Editor team permission. The missing field takes the other's name and place and keeps its id, history, tags and checks; the other is removed.");
        fields.MapGet("/{id}", Get).Needs(Permissions.ReadField).WithSummary("Get a field");
        fields.MapGet("/{id}/history", History).Needs(Permissions.ReadField).WithSummary("What users changed of a field");
        fields.MapPut("/{id}", Update).Needs(Permissions.EditField).Fails(409).WithSummary("Describe, tag, mask or exclude a field");
        fields.MapDelete("/{id}", Remove).Needs(Permissions.EditField).Fails(409).WithSummary("Exclude a field, or delete a missing one")
            .WithDescription("An excluded field's checks are archived; from an expected schema it is taken out. Only a missing field that no check is about can be deleted for good.");
        fields.MapPost("/{id}/restore", Restore).Needs(Permissions.EditField).Fails(409).WithSummary("Bring an excluded field back")
            .WithDescription("Its archived checks stay archived.");
    }

    private static async Task<Ok<PageOf<FieldView>>> List(Query<FieldQuery> query, Caller caller, FieldReads reads, CancellationToken cancel) =>
        TypedResults.Ok(await reads.PageAsync(query.Value, caller, cancel));

    private static async Task<Ok<List<FieldStub>>> Listing(Query<FieldListingQuery> query, Caller caller, FieldReads reads, CancellationToken cancel) =>
        TypedResults.Ok(await reads.ListingAsync(query.Value, caller, cancel));

    private static async Task<Results<Ok<FieldView>, Failure>> Get(long id, FieldReads reads, CancellationToken cancel) =>
        await reads.FindAsync(id, cancel) is { } view ? TypedResults.Ok(view) : Failure.NotFound("Field", id);

    private static async Task<Results<Ok<HistoryView>, Failure>> History(long id, FieldReads reads, HistoryViews history, CancellationToken cancel) =>
        await reads.FindAsync(id, cancel) is { } view
            ? TypedResults.Ok(await history.OfAsync(FieldHistory.ObjectType, id, view.Created, cancel)) : Failure.NotFound("Field", id);

    private static async Task<Results<Ok<FieldView>, Failure>> Update(
        long id, Body<FieldRequest> body, Caller caller, FieldEdit edit, FieldReads reads, CancellationToken cancel) =>
        await edit.UpdateAsync(id, body.Value, caller, cancel) is { } failure ? failure : await Get(id, reads, cancel);

    private static async Task<Results<Ok<IReadOnlyList<FieldView>>, Failure>> Patch(
        Body<IReadOnlyList<FieldChange>> body, Caller caller, FieldAccess access, FieldEdit edit, FieldReads reads, CancellationToken cancel)
    {
        var ids = body.Value.Select(c => c.Id).ToArray();
        if ((await access.RefuseEditAsync(ids, caller, cancel) ?? await edit.UpdateAsync(body.Value, caller, cancel)) is { } failure) return failure;
        return TypedResults.Ok(await reads.FindAsync(ids, cancel));
    }

    private static async Task<Results<NoContent, Failure>> Remove(
        long id, Query<FieldRemovalQuery> query, Caller caller, FieldEdit edit, CancellationToken cancel) =>
        await edit.RemoveAsync([new FieldRemovalRequest { Id = id, Archive = query.Value.Archive }], caller, cancel) is { } failure ? failure : TypedResults.NoContent();

    private static async Task<Results<NoContent, Failure>> RemoveAll(
        Body<IReadOnlyList<FieldRemovalRequest>> body, Caller caller, FieldAccess access, FieldEdit edit, CancellationToken cancel) =>
        (await access.RefuseEditAsync(body.Value.Select(r => r.Id), caller, cancel) ?? await edit.RemoveAsync(body.Value, caller, cancel)) is { } failure
            ? failure : TypedResults.NoContent();

    private static async Task<Results<Ok<FieldView>, Failure>> Restore(long id, Caller caller, FieldEdit edit, FieldReads reads, CancellationToken cancel) =>
        await edit.RestoreAsync([id], caller, cancel) is { } failure ? failure : await Get(id, reads, cancel);

    private static async Task<Results<Ok<IReadOnlyList<FieldView>>, Failure>> RestoreAll(
        Body<IReadOnlyList<FieldRestoreRequest>> body, Caller caller, FieldAccess access, FieldEdit edit, FieldReads reads, CancellationToken cancel)
    {
        var ids = body.Value.Select(r => r.Id).ToArray();
        if ((await access.RefuseEditAsync(ids, caller, cancel) ?? await edit.RestoreAsync(ids, caller, cancel)) is { } failure) return failure;
        return TypedResults.Ok(await reads.FindAsync(ids, cancel));
    }

    private static async Task<Results<Ok<FieldView>, Failure>> Merge(
        Query<FieldMergeQuery> query, Caller caller, FieldAccess access, FieldMerge merge, FieldReads reads, CancellationToken cancel)
    {
        var (source, target) = (query.Value.SourceFieldId, query.Value.TargetFieldId);
        return (await access.RefuseEditAsync([source, target], caller, cancel) ?? await merge.RunAsync(source, target, caller, cancel)) is { } failure
            ? failure : await Get(source, reads, cancel);
    }
}
