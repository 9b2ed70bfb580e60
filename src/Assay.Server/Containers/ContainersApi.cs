using Assay.Server.Containers.Computed;
using Assay.Server.Containers.Preview;
using Assay.Server.Fields;
using Assay.Server.Identity;
using Assay.Server.Masking;
using Assay.Server.Store;
using Assay.Server.Teams;
using Assay.Server.Web.Requests;
using Assay.Server.Web.Responses;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Containers;

/// <summary>Tables, views and groups of files, as syncs found them.</summary>
internal static class ContainersApi
{
    private const string Shown = "Reads the source now. Needs the Viewer team permission. Masked fields show a mask unless include_masked is sent, excluded ones are left out.";

    public static void MapContainers(this IEndpointRouteBuilder api)
    {
        var containers = api.MapGroup("/containers").WithTags("Containers");
        containers.MapGet("", List).Needs(Permissions.Member).WithSummary("List containers");
        containers.MapGet("/listing", Listing).Needs(Permissions.Member).WithSummary("All containers in short, unpaged");
        containers.MapGet("/{id}", Get).Needs(Permissions.ReadContainer).WithSummary("Get a container")
            .WithDescription("Deleted containers are shown too, with the time in deleted_at.");
        containers.MapPut("/{id}", Update).Needs(Permissions.EditContainer).Produces<MessageBody>(400).Fails(409).WithSummary("Change a container's settings")
            .WithDescription("Another definition of a computed container is tried first and profiled afterwards.");
        containers.MapPatch("", Patch).Needs(Permissions.Member).Fails(404).WithSummary("Change tags or tracking of several containers")
            .WithDescription("Needs the Editor team permission on the datastore of each; either all changes are made or none.");
        containers.MapDelete("/{id}", Delete).Needs(Permissions.EditContainer).WithSummary("Delete a container")
            .WithDescription("Syncs leave it deleted; one with recreate brings it back as it was.");
        containers.MapPatch("/{id}/favorite", Favor).Needs(Permissions.ReadContainer).WithSummary("Mark a container as a favourite, or not");
        containers.MapGet("/{id}/preview", Preview).Needs(Permissions.ViewContainer).WithSummary("The first rows of a container")
            .WithDescription(Shown).Produces<MessageBody>(400).Fails(409);
        containers.MapGet("/{id}/source-records", SourceRecords).Needs(Permissions.ViewContainer).WithSummary("The first rows of a container as JSON text")
            .WithDescription(Shown).Produces<MessageBody>(400).Fails(409);
        containers.MapGet("/{id}/fields", Fields).Needs(Permissions.ReadContainer).WithSummary("The fields of a container");
    }

    private static async Task<Ok<PageOf<ContainerView>>> List(Query<ContainerQuery> query, Caller caller, ContainerReads reads, CancellationToken cancel) =>
        TypedResults.Ok(await reads.PageAsync(query.Value, caller, cancel));

    private static async Task<Ok<List<ContainerStub>>> Listing(Query<ContainerListingQuery> query, Caller caller, ContainerReads reads, CancellationToken cancel) =>
        TypedResults.Ok(await reads.ListingAsync(query.Value, caller, cancel));

    private static async Task<Results<Ok<ContainerView>, Failure>> Get(long id, Caller caller, ContainerReads reads, CancellationToken cancel) =>
        await reads.FindAsync(id, caller, cancel) is { } view ? TypedResults.Ok(view) : Failure.NotFound("Container", id);

    private static async Task<Results<Ok<ContainerView>, Failure>> Update(
        long id, Body<ContainerRequest> body, Caller caller, ContainerEdit edit, ComputedDesk computed, AssayDb db, ContainerReads reads, CancellationToken cancel)
    {
        if (await db.Set<Container>().AsNoTracking().FirstOrDefaultAsync(c => c.Id == id && c.DeletedAt == null && c.Definition != null, cancel) is { } container
            && body.Value.ContainerType == container.ContainerType && await computed.UpdateAsync(container, body.Value, caller, cancel) is { } refused) return refused;
        return await edit.UpdateAsync(id, body.Value, caller, cancel) is { } failure ? failure : await Get(id, caller, reads, cancel);
    }

    private static async Task<Results<Ok<List<ContainerView>>, Failure>> Patch(
        Body<IReadOnlyList<ContainerChange>> body, Caller caller, DatastoreAccess access, ContainerEdit edit, ContainerReads reads, CancellationToken cancel)
    {
        foreach (var id in body.Value.Select(c => c.Id).Distinct())
        {
            var notFound = Failure.NotFound("Container", id);
            if (await access.DatastoreOfAsync(ResourceKind.Container, id, cancel) is not { } datastore) return notFound;
            if (await access.RefuseAsync(caller, datastore, TeamPermission.Editor, notFound, managersPass: false, cancel) is { } refusal) return refusal;
        }
        if (await edit.UpdateAsync(body.Value, cancel) is { } failure) return failure;
        var views = new List<ContainerView>();
        foreach (var change in body.Value)
            if (await reads.FindAsync(change.Id, caller, cancel) is { } view) views.Add(view);
        return TypedResults.Ok(views);
    }

    private static async Task<Results<NoContent, Failure>> Delete(long id, ContainerRemoval removal, CancellationToken cancel) =>
        await removal.DeleteAsync(id, cancel) is { } failure ? failure : TypedResults.NoContent();

    private static async Task<Results<Ok<ContainerView>, Failure>> Favor(
        long id, Body<ContainerFavoriteRequest> body, Caller caller, AssayDb db, ContainerReads reads, CancellationToken cancel)
    {
        if (!await db.Set<Container>().AnyAsync(c => c.Id == id, cancel)) return Failure.NotFound("Container", id);
        await (body.Value.Favorite
            ? db.Database.ExecuteSqlAsync($"INSERT INTO container_favorites (user_id, container_id) VALUES ({caller.Id}, {id}) ON CONFLICT DO NOTHING", cancel)
            : db.Set<ContainerFavorite>().Where(f => f.UserId == caller.Id && f.ContainerId == id).ExecuteDeleteAsync(cancel));
        return await Get(id, caller, reads, cancel);
    }

    private static async Task<Results<Ok<PreviewView>, Failure>> Preview(
        long id, Query<PreviewQuery> query, Caller caller, MaskedAccess access, ContainerPreview preview, CancellationToken cancel) =>
        await access.RefuseAsync(query.Value.IncludeMasked, ResourceKind.Container, "Container", id, caller, cancel) is { } refusal
            ? refusal : (await preview.ReadAsync(id, query.Value, caller, cancel)).ToOk();

    private static async Task<Results<Ok<SourceRecordsView>, Failure>> SourceRecords(
        long id, Query<PreviewQuery> query, Caller caller, MaskedAccess access, ContainerPreview preview, CancellationToken cancel)
    {
        if (await access.RefuseAsync(query.Value.IncludeMasked, ResourceKind.Container, "Container", id, caller, cancel) is { } refusal) return refusal;
        return (await preview.ReadAsync(id, query.Value, caller, cancel)).Try(out var view, out var failure) ? TypedResults.Ok(SourceRecordsView.Of(view)) : failure;
    }

    private static async Task<Results<Ok<PageOf<FieldView>>, Failure>> Fields(
        long id, Query<Paging> query, Caller caller, AssayDb db, FieldReads fields, CancellationToken cancel)
    {
        if (!await db.Set<Container>().AnyAsync(c => c.Id == id, cancel)) return Failure.NotFound("Container", id);
        return TypedResults.Ok(await fields.OfContainerAsync(id, query.Value, cancel));
    }
}
