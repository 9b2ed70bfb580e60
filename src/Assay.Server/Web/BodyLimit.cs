using Microsoft.AspNetCore.Http.Features;

namespace Assay.Server.Web;

/// <summary>
/// Refuses bodies that say they are too large. Kestrel's own limit hangs up on a client that is still sending, which then
/// never reads the answer; with the limit lifted for such a request, the rest of it is read and thrown away.
/// </summary>
internal static class BodyLimit
{
    public static void UseBodyLimit(this WebApplication app) => app.Use(static (http, next) =>
    {
        if (!(http.Request.ContentLength > WebRegistration.MaxBodyBytes)) return next(http);
        http.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = null;
        return FrameworkErrors.Of(StatusCodes.Status413PayloadTooLarge).ExecuteAsync(http);
    });
}
