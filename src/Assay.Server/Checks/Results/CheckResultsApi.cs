using Assay.Server.Checks.Reads;
using Assay.Server.Identity;
using Assay.Server.Scans.Reads;
using Assay.Server.Teams;
using Assay.Server.Web.Requests;
using Assay.Server.Web.Responses;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assay.Server.Checks.Results;

/// <summary>What scans found out about checks, over time.</summary>
internal static class CheckResultsApi
{
    public static void MapCheckResults(this IEndpointRouteBuilder api)
    {
        var checks = api.MapGroup("/quality-checks").WithTags("Quality checks");
        checks.MapGet("/{id}/results", Results).Needs(Permissions.Member).Fails(404).WithSummary("List what scans found out about a check")
            .WithDescription("Newest first. Needs the Reporter team permission on its datastore.");
        checks.MapGet("/measurements", Measurements).Needs(Permissions.Member).WithSummary("List checks with what they measured")
            .WithDescription("Checks of rules that measure a figure, such as metric, volumetric and freshness, each with the figures of its latest scans, oldest first.");
        checks.MapGet("/observability", Observability).Needs(Permissions.Member).WithSummary("List checks with their anomalies in short")
            .WithDescription("Each check with its latest anomalies, newest first.");
    }

    private static async Task<Results<Ok<PageOf<CheckResultView>>, Failure>> Results(
        long id, Query<CheckResultQuery> query, Caller caller, CheckAccess access, CheckResults results, CancellationToken cancel) =>
        await access.RefuseAsync(id, caller, TeamPermission.Reporter, cancel) is { } refusal ? refusal : TypedResults.Ok(await results.PageAsync(id, query.Value, cancel));

    private static async Task<Ok<PageOf<MeasuredCheckView>>> Measurements(Query<CheckQuery> query, Caller caller, CheckResults results, CancellationToken cancel) =>
        TypedResults.Ok(await results.MeasuredAsync(query.Value, caller, cancel));

    private static async Task<Ok<PageOf<ObservedCheckView>>> Observability(Query<CheckQuery> query, Caller caller, CheckResults results, CancellationToken cancel) =>
        TypedResults.Ok(await results.ObservedAsync(query.Value, caller, cancel));
}
