using Assay.Server.Identity;
using Assay.Server.Web.Requests;
using Assay.Server.Web.Responses;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assay.Server.Teams;

/// <summary>Teams: who reaches which datastores, and what they may do there.</summary>
internal static class TeamsApi
{
    public static void MapTeams(this IEndpointRouteBuilder api)
    {
        var teams = api.MapGroup("/teams").WithTags("Teams");
        teams.MapGet("", List).Needs(Permissions.Manager).WithSummary("List teams");
        teams.MapGet("/{id}", Get).Needs(Permissions.Manager).WithSummary("Get a team");
        teams.MapPost("", Create).Needs(Permissions.Admin).Fails(404, 409).WithSummary("Create a team");
        teams.MapPut("/{id}", Update).Needs(Permissions.Admin).Fails(409).WithSummary("Update a team")
            .WithDescription("What is left out stays; `users` and `datastores` replace the whole list. Of the Public team only description, permission and datastores can change (409).");
        teams.MapDelete("/{id}", Delete).Needs(Permissions.Admin).Fails(409).WithSummary("Delete a team")
            .WithDescription("Its users and datastores stay. A datastore that is left without a team is seen by Managers and Admins only. The Public team cannot be deleted (409).");
    }

    private static async Task<Ok<PageOf<TeamListItem>>> List(Query<TeamFilter> query, TeamViews teams, CancellationToken cancel) =>
        TypedResults.Ok(await teams.PageAsync(query.Value, cancel));

    private static async Task<Results<Ok<TeamView>, Failure>> Get(long id, TeamViews teams, CancellationToken cancel) =>
        (await teams.FindAsync(id, cancel)).ToOk();

    private static async Task<Results<Ok<TeamView>, Failure>> Create(Body<CreateTeamRequest> body, Caller caller, TeamDesk desk, CancellationToken cancel) =>
        (await desk.CreateAsync(body.Value, caller, cancel)).ToOk();

    private static async Task<Results<Ok<TeamView>, Failure>> Update(long id, Body<UpdateTeamRequest> body, Caller caller, TeamDesk desk, CancellationToken cancel) =>
        (await desk.UpdateAsync(id, body.Value, caller, cancel)).ToOk();

    private static async Task<Results<NoContent, Failure>> Delete(long id, Caller caller, TeamDesk desk, CancellationToken cancel) =>
        await desk.DeleteAsync(id, caller, cancel) is { } failure ? failure : TypedResults.NoContent();
}
