using Assay.Server.Identity;
using Assay.Server.Web.Requests;
using Assay.Server.Web.Responses;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assay.Server.Observability;

/// <summary>Volume and freshness of containers at a glance.</summary>
internal static class ObservabilityApi
{
    public static void MapObservability(this IEndpointRouteBuilder api)
    {
        api.MapGet("/observability", List).Needs(Permissions.Member).WithTags("Profiles").WithSummary("List containers with their volume and freshness")
            .WithDescription("Containers that track either. Measurements are taken by profiles and scans that read all of a container.");
        api.MapGet("/containers/{id}/insights", Insights).Needs(Permissions.ReadContainer).WithTags("Profiles").WithSummary("What was measured, profiled and found of a container day by day");
    }

    private static async Task<Ok<PageOf<ObservabilityView>>> List(Query<ObservabilityQuery> query, Caller caller, ObservabilityReads reads, CancellationToken cancel) =>
        TypedResults.Ok(await reads.PageAsync(query.Value, caller, cancel));

    private static async Task<Ok<ContainerInsightsView>> Insights(long id, Query<ContainerInsightsQuery> query, ContainerInsights insights, CancellationToken cancel) =>
        TypedResults.Ok(await insights.ReadAsync(id, query.Value, cancel));
}
