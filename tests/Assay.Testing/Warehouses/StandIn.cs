using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Assay.Testing.Warehouses;

/// <summary>
/// A server that speaks a vendor's HTTP interface and runs the statements on a real PostgreSQL. It counts as a test of ours only because
/// the vendor's own client accepts it.
/// </summary>
public abstract class StandIn : IAsyncDisposable
{
    private WebApplication app = null!;

    public Uri Endpoint { get; private set; } = null!;
    public int Port => Endpoint.Port;
    public static string Host => "127.0.0.1";

    /// <summary>Every statement that came in, as it came.</summary>
    public ConcurrentQueue<string> Statements { get; } = [];

    /// <summary>Method and path of every request.</summary>
    public ConcurrentQueue<string> Requests { get; } = [];

    /// <summary>Instead of an answer: the status of every request whose path begins with the text.</summary>
    public (string Path, int Status)? Failure { get; set; }

    protected async Task ListenAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.Run(async context =>
        {
            Requests.Enqueue($"{context.Request.Method} {context.Request.Path}");
            if (Failure is { } failure && context.Request.Path.StartsWithSegments(failure.Path)) context.Response.StatusCode = failure.Status;
            else
            {
                try
                {
                    await AnswerAsync(context);
                }
                catch (Exception e) when (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
                {
                    // So that a test shows what is wrong with the stand-in itself.
                    context.Response.StatusCode = 500;
                    await context.Response.WriteAsync(e.ToString());
                }
            }
        });
        await app.StartAsync();
        Endpoint = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    protected abstract Task AnswerAsync(HttpContext context);

    public virtual async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
