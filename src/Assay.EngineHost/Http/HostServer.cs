using System.Net;
using Assay.EngineHost.Lifetime;
using Assay.EngineHost.Native;
using Assay.EngineHost.Queries;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Assay.EngineHost.Http;

/// <summary>The web server around the engine.</summary>
internal static class HostServer
{
    // The longest path that fits a socket's address, with its terminator.
    private const int LongestSocketPath = 107;

    internal static WebApplication Build(RunOptions options, RunFolder folder, ConnectionPool pool, string secret)
    {
        // Empty: no settings file of the folder it is started in, and no environment variable, may open another door.
        var builder = WebApplication.CreateEmptyBuilder(new());
        // Standard output is for the address alone.
        builder.Logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace)
            .AddSimpleConsole(console => console.SingleLine = true).SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddRouting();
        builder.Services.AddSingleton<IHostLifetime, SignalLifetime>();
        builder.Services.Configure<FormOptions>(form => form.ValueLengthLimit = QueryText.MaxStatement);
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            Listen(kestrel, options, folder);
            kestrel.AddServerHeader = false;
            // Uploads and results of any size, at the pace of whoever is slower.
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Limits.MaxRequestLineSize = 1 << 20;
            kestrel.Limits.MaxRequestBufferSize = 2 << 20;
        });
        var app = builder.Build();
        var queries = new QueryEndpoint(pool, new RunningQueries(pool, TimeProvider.System));
        app.Use(UnexpectedErrors.InvokeAsync);
        app.Use((context, next) => new Authentication(secret).InvokeAsync(context, next));
        app.MapGet("/ping", () => Results.Text("Ok.\n"));
        app.MapMethods("/", ["GET", "POST"], queries.HandleAsync);
        return app;
    }

    /// <summary>Where the server listens: a path, or the number of a loopback port.</summary>
    internal static string Address(WebApplication app)
    {
        var address = app.Urls.Single();
        return address.StartsWith("http://unix:", StringComparison.Ordinal)
            ? address["http://unix:".Length..]
            : new Uri(address).Port.ToString();
    }

    private static void Listen(KestrelServerOptions kestrel, RunOptions options, RunFolder folder)
    {
        var socket = Path.Combine(folder.Path, "engine.sock");
        if (options.Loopback || socket.Length > LongestSocketPath)
            kestrel.Listen(IPAddress.Loopback, 0);
        else
            kestrel.ListenUnixSocket(socket);
    }
}
