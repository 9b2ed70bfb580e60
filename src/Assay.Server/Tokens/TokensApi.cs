using Assay.Server.Identity;
using Assay.Server.Web.Requests;
using Assay.Server.Web.Responses;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assay.Server.Tokens;

/// <summary>Personal tokens and those of service accounts.</summary>
internal static class TokensApi
{
    public static void MapTokens(this IEndpointRouteBuilder api)
    {
        var tokens = api.MapGroup("/user-tokens").WithTags("Tokens");
        tokens.MapGet("", List).Needs(Permissions.Member).WithSummary("List one's own tokens");
        tokens.MapGet("/service", ListService).Needs(Permissions.Admin).WithSummary("List the tokens of all service accounts");
        tokens.MapPost("", Create).Needs(Permissions.Member).Fails(404, 409).WithSummary("Create a token")
            .WithDescription("For oneself; with `user_id`, which needs the Admin role, for a service account or another person. The answer alone shows `bearer_token`.");
        tokens.MapPut("/{id}", Revoke).Needs(Permissions.Member).WithSummary("Revoke or restore a token")
            .WithDescription("One's own; an Admin may do so for all. Takes effect at once.");
        tokens.MapDelete("/{id}", Delete).Needs(Permissions.Member).Fails(409).WithSummary("Delete a revoked token")
            .WithDescription("A token that is not revoked is refused with 409.");
    }

    private static async Task<Ok<IReadOnlyList<TokenView>>> List(Caller caller, TokenDesk desk, CancellationToken cancel) =>
        TypedResults.Ok(await desk.OfAsync(caller.Id, cancel));

    private static async Task<Ok<IReadOnlyList<TokenView>>> ListService(TokenDesk desk, CancellationToken cancel) =>
        TypedResults.Ok(await desk.OfServicesAsync(cancel));

    private static async Task<Results<Ok<NewTokenView>, Failure>> Create(Body<CreateTokenRequest> body, Caller caller, TokenDesk desk, CancellationToken cancel) =>
        (await desk.CreateAsync(body.Value, caller, cancel)).ToOk();

    private static async Task<Results<Ok<TokenView>, Failure>> Revoke(long id, OptionalBody<RevokeTokenRequest> body, Caller caller, TokenDesk desk, CancellationToken cancel) =>
        (await desk.RevokeAsync(id, body.Value?.Revoke ?? true, caller, cancel)).ToOk();

    private static async Task<Results<NoContent, Failure>> Delete(long id, Caller caller, TokenDesk desk, CancellationToken cancel) =>
        await desk.DeleteAsync(id, caller, cancel) is { } failure ? failure : TypedResults.NoContent();
}
