using Assay.Server.Identity;
using Assay.Server.Web.Requests;
using Assay.Server.Web.Responses;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assay.Server.Scans.Metrics;

/// <summary>How much was scanned, and what came of it, day by day.</summary>
internal static class ScanMetricsApi
{
    public static void MapScanMetrics(this IEndpointRouteBuilder api) => api.MapGet("/scan-metrics", Get).Needs(Permissions.Member).WithTags("Scans").WithSummary("Get what was scanned day by day")
        .WithDescription("Over the datastores that the caller may see. Days without a scan are left out.");

    private static async Task<Results<Ok<ScanMetricsView>, Failure>> Get(Query<ScanMetricsQuery> query, Caller caller, ScanMetrics metrics, CancellationToken cancel) =>
        (await metrics.ReadAsync(query.Value, caller, cancel)).Try(out var view, out var failure) ? TypedResults.Ok(view) : failure;
}
