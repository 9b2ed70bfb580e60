using Assay.Server.Identity;
using Microsoft.AspNetCore.Diagnostics;

namespace Assay.Server.Logging;

/// <summary>
/// Gives every request its id and one log line. The line holds the route's template and never the query, body or headers:
/// those carry people's data and secrets.
/// </summary>
internal sealed partial class RequestLog(RequestDelegate next, ILogger<RequestLog> log, TimeProvider clock)
{
    private const int ClientClosedRequest = 499;

    public async Task InvokeAsync(HttpContext http)
    {
        http.TraceIdentifier = RequestId.For(http.Request.Headers[RequestId.Header]);
        // At the last moment: an exception clears all headers that were set before.
        http.Response.OnStarting(static state =>
        {
            var context = (HttpContext)state;
            context.Response.Headers[RequestId.Header] = context.TraceIdentifier;
            return Task.CompletedTask;
        }, http);
        var method = http.Request.Method;
        // On every line that is logged on the way.
        using var scope = log.BeginScope(new[] { KeyValuePair.Create<string, object>("RequestId", http.TraceIdentifier) });
        var started = clock.GetTimestamp();
        try
        {
            await next(http);
        }
        finally
        {
            var status = http.RequestAborted.IsCancellationRequested && !http.Response.HasStarted ? ClientClosedRequest : http.Response.StatusCode;
            Handled(LevelOf(http, status), method, RouteOf(http), status, Math.Round(clock.GetElapsedTime(started).TotalMilliseconds, 1), http.Features.Get<Caller>()?.Id);
        }
    }

    private static LogLevel LevelOf(HttpContext http, int status) =>
        status >= 500 ? LogLevel.Warning : http.GetEndpoint()?.Metadata.GetMetadata<Probe>() is null ? LogLevel.Information : LogLevel.Debug;

    private static string? RouteOf(HttpContext http) =>
        ((http.GetEndpoint() ?? http.Features.Get<IExceptionHandlerFeature>()?.Endpoint) as RouteEndpoint)?.RoutePattern.RawText?.TrimEnd('/');

    [LoggerMessage(EventName = "Request", Message = "{Method} {Route} {Status} in {Milliseconds} ms, user {User}")]
    private partial void Handled(LogLevel level, string method, string? route, int status, double milliseconds, long? user);
}

/// <summary>Marks a route that machines ask every few seconds: its lines are for debugging only.</summary>
internal sealed class Probe;
