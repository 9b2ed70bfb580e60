using Assay.Server.Identity;
using Assay.Server.Web.Requests;
using Assay.Server.Web.Responses;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assay.Server.Masking;

/// <summary>Who was shown masked values.</summary>
internal static class MaskingApi
{
    public static void MapMasking(this IEndpointRouteBuilder api) =>
        api.MapGet("/audit-logs/masking", List).Needs(Permissions.Admin).WithTags("Activity").WithSummary("List who was shown values of masked fields")
            .WithDescription("Latest first: previews, source records of anomalies, field profiles, exports and copies of containers that were asked for with include_masked.");

    private static async Task<Ok<PageOf<MaskingRevealView>>> List(Query<MaskingQuery> query, MaskingAudit audit, CancellationToken cancel) =>
        TypedResults.Ok(await audit.PageAsync(query.Value, cancel));
}
