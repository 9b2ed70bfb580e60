using Assay.Server.Identity;
using Assay.Server.Web.Requests;
using Assay.Server.Web.Responses;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assay.Server.Users;

/// <summary>People and service accounts.</summary>
internal static class UsersApi
{
    public static void MapUsers(this IEndpointRouteBuilder api)
    {
        var users = api.MapGroup("/users").WithTags("Users");
        users.MapGet("", List).Needs(Permissions.Manager).WithSummary("List users");
        users.MapGet("/listing", Listing).Needs(Permissions.Manager).WithSummary("List users briefly")
            .WithDescription("All users as a bare array, without paging; `type=Service` lists the service accounts.");
        users.MapGet("/me", Me).Needs(Permissions.Member).WithSummary("Get the caller");
        users.MapGet("/{id}", Get).Needs(Permissions.Manager).WithSummary("Get a user");
        users.MapPost("", Create).Needs(Permissions.Admin).Fails(404, 409).WithSummary("Create a user")
            .WithDescription("Creates a service account, or with `user_type: \"Human\"` a person. Neither can sign in until a token is made for them.");
        users.MapPut("/{id}", Update).Needs(Permissions.Admin).Fails(409).WithSummary("Update a user")
            .WithDescription("What is left out stays. Users are deactivated rather than deleted; the last active administrator can be neither demoted nor deactivated (409).");
        api.MapGet("/bootstrap", Bootstrap).Needs(Permissions.Member).WithTags("Users").WithSummary("Start a session");
    }

    private static async Task<Ok<PageOf<UserView>>> List(Query<UserFilter> query, UserViews users, CancellationToken cancel) =>
        TypedResults.Ok(await users.PageAsync(query.Value, cancel));

    private static async Task<Ok<IReadOnlyList<UserStub>>> Listing(Query<UserListingFilter> query, UserViews users, CancellationToken cancel) =>
        TypedResults.Ok(await users.ListingAsync(query.Value, cancel));

    private static async Task<Results<Ok<UserView>, Failure>> Me(Caller caller, UserViews users, CancellationToken cancel) =>
        (await users.FindAsync(caller.Id, cancel)).ToOk();

    private static async Task<Results<Ok<UserView>, Failure>> Get(long id, UserViews users, CancellationToken cancel) =>
        (await users.FindAsync(id, cancel)).ToOk();

    private static async Task<Results<Ok<UserView>, Failure>> Create(Body<CreateUserRequest> body, Caller caller, UserDesk desk, CancellationToken cancel) =>
        (await desk.CreateAsync(body.Value, caller, cancel)).ToOk();

    private static async Task<Results<Ok<UserView>, Failure>> Update(long id, Body<UpdateUserRequest> body, Caller caller, UserDesk desk, CancellationToken cancel) =>
        (await desk.UpdateAsync(id, body.Value, caller, cancel)).ToOk();

    private static async Task<Results<Ok<BootstrapView>, Failure>> Bootstrap(Caller caller, UserViews users, CancellationToken cancel) =>
        (await users.FindAsync(caller.Id, cancel)).Try(out var user, out var failure) ? TypedResults.Ok(new BootstrapView(user)) : failure;
}
