using Assay.Server.Identity;
using Assay.Server.Web.Requests;
using Assay.Server.Web.Responses;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assay.Server.Operations.HeatMap;

/// <summary>How many operations there were day by day.</summary>
internal static class HeatMapApi
{
    public static void MapHeatMap(this IEndpointRouteBuilder api) => api.MapGet("/operations/heat-map", Get).Needs(Permissions.Member).WithTags("Operations").WithSummary("Count operations day by day")
        .WithDescription("Over the datastores that the caller may see. Days without an operation are left out.");

    private static async Task<Results<Ok<HeatMapView>, Failure>> Get(Query<HeatMapQuery> query, Caller caller, OperationCounts counts, CancellationToken cancel) =>
        (await counts.ReadAsync(query.Value, caller, cancel)).Try(out var view, out var failure) ? TypedResults.Ok(view) : failure;
}
