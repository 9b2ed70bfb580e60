using Assay.Server.Web.Requests;
using Microsoft.AspNetCore.Http.Json;

namespace Assay.Server.Web;

internal static class WebRegistration
{
    /// <summary>Largest request body in bytes: what the reference's ingress accepts.</summary>
    public const long MaxBodyBytes = 20 * 1024 * 1024;

    public static WebApplicationBuilder AddWeb(this WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = MaxBodyBytes;
            kestrel.AddServerHeader = false;
        });
        builder.Services.Configure<JsonOptions>(json => Json.Configure(json.SerializerOptions));
        return builder;
    }

    /// <summary>The group under which every route of the API is mapped.</summary>
    public static RouteGroupBuilder MapApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api");
        // Only where there is something to refuse: a handler without such arguments is called without a detour.
        api.AddEndpointFilterFactory(static (handler, next) =>
            handler.MethodInfo.GetParameters().Any(p => typeof(IBound).IsAssignableFrom(p.ParameterType)) ? call => RefuseInvalid.InvokeAsync(call, next) : next);
        return api;
    }
}
