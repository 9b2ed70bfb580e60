using Assay.Server.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Server.Tests.Harness;

/// <summary>The routes that the running server really has.</summary>
internal static class Routes
{
    public static IReadOnlyList<RouteEndpoint> All(AssayServer assay) =>
        [.. assay.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()];

    public static string Path(this RouteEndpoint route) => "/" + route.RoutePattern.RawText!.Trim('/');

    public static string Method(this RouteEndpoint route) => route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods[0] ?? "GET";

    public static string Title(this RouteEndpoint route) => $"{Method(route)} {Path(route)}";

    public static Permission? Permission(this RouteEndpoint route) => route.Metadata.GetMetadata<Permission>();
}
