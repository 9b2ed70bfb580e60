using Assay.Server.Identity;
using Assay.Server.Teams;
using Assay.Server.Web.Requests;
using Assay.Server.Web.Responses;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assay.Server.Checks.DryRuns;

/// <summary>Trying checks without storing anything.</summary>
internal static class DryRunsApi
{
    public static void MapDryRuns(this IEndpointRouteBuilder api)
    {
        var checks = api.MapGroup("/quality-checks").WithTags("Quality checks");
        checks.MapPost("/{id}/dry-run", Saved).Needs(Permissions.Member).Fails(404, 409).WithSummary("Try a check")
            .WithDescription("On its container's records as they are now, drafts and archived ones too. Needs the Drafter team permission.").Produces<MessageBody>(400);
        checks.MapPost("/dry-run", New).Needs(Permissions.Member).Fails(404, 409).WithSummary("Try a check without saving it")
            .WithDescription("Needs the Drafter team permission on the container's datastore.").Produces<MessageBody>(400);
    }

    private static async Task<Results<Ok<DryRunView>, Failure>> Saved(
        long id, OptionalBody<DryRunRequest> body, Caller caller, CheckAccess access, DryRun run, CancellationToken cancel) =>
        await access.RefuseAsync(id, caller, TeamPermission.Drafter, cancel) is { } refusal ? refusal : (await run.OfAsync(id, body.Value ?? new DryRunRequest(), cancel)).ToOk();

    private static async Task<Results<Ok<DryRunView>, Failure>> New(Body<NewDryRunRequest> body, Caller caller, CheckAccess access, DryRun run, CancellationToken cancel) =>
        await access.RefuseContainerAsync(body.Value.QualityCheck!.ContainerId, caller, TeamPermission.Drafter, cancel) is { } refusal ? refusal : (await run.OfAsync(body.Value, caller, cancel)).ToOk();
}
