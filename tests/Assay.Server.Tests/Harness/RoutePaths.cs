using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;

namespace Assay.Server.Tests.Harness;

/// <summary>Turns a route's pattern into a path that can be asked for.</summary>
internal static partial class RoutePaths
{
    /// <summary>The path with this value (as it is: encode it first) in every place.</summary>
    public static string Fill(RouteEndpoint route, string value) => Fill(route, _ => value);

    public static string Fill(RouteEndpoint route, Func<string, string> valueOf) => Place().Replace(route.Path(), place => valueOf(place.Groups[1].Value));

    [GeneratedRegex(@"\{\*{0,2}([A-Za-z_]+)[^}]*\}")]
    private static partial Regex Place();
}
