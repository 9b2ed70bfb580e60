using Assay.Server.Identity;
using Assay.Server.Web.Responses;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.FileProviders;

namespace Assay.Server.OpenApi;

/// <summary>The interactive page of the API: Swagger UI, served from this machine alone.</summary>
internal static class DocsPage
{
    /// <summary>The build copies these out of the npm package swagger-ui-dist, and our own page beside them.</summary>
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "docs-page");

    private static readonly Dictionary<string, string> ContentTypes = new()
    {
        ["index.html"] = "text/html; charset=utf-8",
        ["start.js"] = "text/javascript; charset=utf-8",
        ["swagger-ui.css"] = "text/css; charset=utf-8",
        ["swagger-ui-bundle.js"] = "text/javascript; charset=utf-8",
        ["favicon-32x32.png"] = "image/png",
    };

    // Swagger UI writes style attributes; scripts come from here only, and nothing is fetched from elsewhere.
    private const string Policy = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'";

    public static void MapDocsPage(this IEndpointRouteBuilder api)
    {
        var files = new PhysicalFileProvider(Directory.CreateDirectory(Folder).FullName);
        api.MapGet("/docs", (HttpContext http) => Send("index.html", files, http)).Needs(Permissions.Everyone).ExcludeFromDescription();
        api.MapGet("/docs/{file}", (string file, HttpContext http) => Send(file, files, http)).Needs(Permissions.Everyone).ExcludeFromDescription();
    }

    private static Results<PhysicalFileHttpResult, Failure> Send(string name, PhysicalFileProvider files, HttpContext http)
    {
        if (!ContentTypes.TryGetValue(name, out var type)) return Failure.NotFound();
        if (files.GetFileInfo(name) is not { Exists: true, PhysicalPath: { } path })
            return Failure.NotFound("The page was not there when this server was built: run npm ci in npm/runtime and build again");
        http.Response.Headers.ContentSecurityPolicy = Policy;
        http.Response.Headers.CacheControl = "no-cache";
        return TypedResults.PhysicalFile(path, type, lastModified: File.GetLastWriteTimeUtc(path));
    }
}
