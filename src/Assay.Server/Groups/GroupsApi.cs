using Assay.Server.Identity;
using Assay.Server.Store;
using Assay.Server.Web.Requests;
using Assay.Server.Web.Responses;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Groups;

/// <summary>Datastore groups: headings to arrange datastores under, visible to everyone, written by Managers.</summary>
internal static class GroupsApi
{
    public static void MapGroups(this IEndpointRouteBuilder api)
    {
        var groups = api.MapGroup("/datastore-groups").WithTags("Datastore groups");
        groups.MapGet("", List).Needs(Permissions.Member).WithSummary("List all groups, by name");
        groups.MapPost("", Create).Needs(Permissions.Manager).Fails(409).WithSummary("Make a group");
        groups.MapPut("/{id}", Update).Needs(Permissions.Manager).Fails(409).WithSummary("Rename a group or change its icon")
            .WithDescription("Members that are left out stay as they are.");
        groups.MapDelete("/{id}", Delete).Needs(Permissions.Manager).WithSummary("Remove a group")
            .WithDescription("Answers with the removed group. Its datastores stay, without a group.");
    }

    private static async Task<Ok<List<GroupView>>> List(AssayDb db, CancellationToken cancel) => TypedResults.Ok(
        await db.Set<DatastoreGroup>().OrderBy(g => g.NameKey).ThenBy(g => g.Id)
            .Select(g => new GroupView(g.Id, g.Name, g.Icon, g.Created)).ToListAsync(cancel));

    private static async Task<Results<Ok<GroupView>, Failure>> Create(Body<GroupRequest> body, GroupDesk desk, CancellationToken cancel) =>
        (await desk.CreateAsync(body.Value, cancel)).ToOk();

    private static async Task<Results<Ok<GroupView>, Failure>> Update(long id, Body<GroupChange> body, GroupDesk desk, CancellationToken cancel) =>
        (await desk.UpdateAsync(id, body.Value, cancel)).ToOk();

    private static async Task<Results<Ok<GroupView>, Failure>> Delete(long id, GroupDesk desk, CancellationToken cancel) =>
        (await desk.DeleteAsync(id, cancel)).ToOk();
}
