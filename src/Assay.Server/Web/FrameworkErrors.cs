using Assay.Server.Web.Responses;
using Microsoft.AspNetCore.Diagnostics;

namespace Assay.Server.Web;

/// <summary>Gives the framework's own refusals (unknown route, wrong method, oversize, crash) the JSON body of every other error.</summary>
internal static class FrameworkErrors
{
    public static void UseFrameworkErrors(this WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = Answer,
            SuppressDiagnosticsCallback = context => context.Exception is BadHttpRequestException or OperationCanceledException,
        });
        app.UseStatusCodePages(context => Of(context.HttpContext.Response.StatusCode).ExecuteAsync(context.HttpContext));
    }

    /// <summary>The failure of a status that says all there is to say.</summary>
    public static Failure Of(int status) => Failure.Of(status, Words(status));

    private static Task Answer(HttpContext http)
    {
        var problem = http.Features.Get<IExceptionHandlerFeature>()?.Error;
        if (problem is OperationCanceledException && http.RequestAborted.IsCancellationRequested) return Task.CompletedTask;
        var status = (problem as BadHttpRequestException)?.StatusCode ?? 500;
        return (status == 500 ? Failure.Of(500, $"Internal server error (request id {http.TraceIdentifier})") : Of(status)).ExecuteAsync(http);
    }

    private static string Words(int status) => status switch
    {
        400 => "Bad request",
        404 => "Not Found",
        405 => "Method Not Allowed",
        413 => "Request body is too large: at most 20 MB are accepted",
        415 => "Unsupported media type: send the body as application/json",
        _ => $"HTTP {status}",
    };
}
