using Assay.Server.Identity;
using Assay.Server.Web.Requests;
using Assay.Server.Web.Responses;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assay.Server.History;

/// <summary>Who changed what.</summary>
internal static class ActivityApi
{
    public static void MapActivity(this IEndpointRouteBuilder api) =>
        api.MapGet("/activity", List).Needs(Permissions.Manager).WithTags("Activity").WithSummary("List changes")
            .WithDescription("Changes of connections, users, teams, tokens, fields and quality checks, newest first.");

    private static async Task<Ok<PageOf<ActivityView>>> List(Query<ActivityFilter> query, ActivityLog log, CancellationToken cancel) =>
        TypedResults.Ok(await log.PageAsync(query.Value, cancel));
}
