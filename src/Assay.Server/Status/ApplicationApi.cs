using System.Reflection;
using Assay.Server.Identity;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assay.Server.Status;

/// <summary>What this server is.</summary>
internal static class ApplicationApi
{
    public static readonly string Version =
        typeof(ApplicationApi).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0.0.0";

    public static void MapApplication(this IEndpointRouteBuilder api)
    {
        api.MapGet("/", About).Needs(Permissions.Member).WithTags("Status").WithSummary("What application is this?");
        api.MapGet("/gateway", Gateway).Needs(Permissions.Member).WithTags("Status").WithSummary("From which address do sources see Assay?")
            .WithDescription("Always null: Assay runs on machines of its users' own, behind whatever gateway they have.");
    }

    private static Ok<ApplicationView> About() =>
        TypedResults.Ok(new ApplicationView("Assay", "Self-hosted data quality with the Qualytics API", Version));

    private static Ok<GatewayView> Gateway() => TypedResults.Ok(new GatewayView(null));
}

internal sealed record ApplicationView(string Application, string Description, string Version);

/// <param name="Gateway">The public address from which sources are reached; null where it is not known.</param>
internal sealed record GatewayView(string? Gateway);
