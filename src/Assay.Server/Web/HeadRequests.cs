namespace Assay.Server.Web;

/// <summary>HEAD works wherever GET does: it is routed as GET, and Kestrel, which knows better, sends no body.</summary>
internal static class HeadRequests
{
    public static void UseHeadRequests(this WebApplication app) => app.Use(static (http, next) =>
    {
        if (HttpMethods.IsHead(http.Request.Method)) http.Request.Method = HttpMethods.Get;
        return next(http);
    });
}
