using Assay.Server.Identity;
using Assay.Server.Web.Requests;
using Assay.Server.Web.Responses;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assay.Server.Containers.Computed;

/// <summary>Containers that are computed from others.</summary>
internal static class ComputedApi
{
    public static void MapComputed(this IEndpointRouteBuilder api)
    {
        var containers = api.MapGroup("/containers").WithTags("Containers");
        containers.MapPost("", Create).Needs(Permissions.Member).Fails(404, 409).WithSummary("Make a computed container")
            .WithDescription("Needs the Editor team permission on its datastore and Reporter on those it reads. It is tried first, and profiled afterwards on up to 1,000 rows.").Produces<MessageBody>(400);
        containers.MapPost("/validate", Validate).Needs(Permissions.Member).Fails(404, 409).WithSummary("Try a computed container without making it").Produces<MessageBody>(400);
    }

    private static async Task<Results<Ok<ContainerView>, Failure>> Create(
        Body<ComputedRequest> body, Caller caller, ComputedDesk desk, ContainerReads reads, CancellationToken cancel) =>
        (await desk.CreateAsync(body.Value, caller, cancel)).Try(out var container, out var failure)
            ? TypedResults.Ok((await reads.FindAsync(container.Id, caller, cancel))!) : failure;

    private static async Task<Results<NoContent, Failure>> Validate(
        Body<ComputedTrialRequest> body, Query<ComputedTrialQuery> query, Caller caller, ComputedDesk desk, CancellationToken cancel) =>
        await desk.ValidateAsync(body.Value.Container, query.Value.TimeoutSeconds, caller, cancel) is { } failure ? failure.Within("container") : TypedResults.NoContent();
}
