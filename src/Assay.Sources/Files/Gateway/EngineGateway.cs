using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using Assay.Sources.Network;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace Assay.Sources.Files.Gateway;

/// <summary>
/// Serves files to the built-in engine on a loopback port, in the language of S3, whatever store they lie in. So the engine gets no
/// credentials and connects to nobody else: Assay signs in, and connects to the addresses that the host policy has checked. A
/// request is answered only when it is signed by a pass, which holds for one read and its files.
/// </summary>
internal sealed class EngineGateway(OwnEndpoints own) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, GatewayPass> passes = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim starting = new(1);
    private WebApplication? app;

    /// <summary>Lets the engine see some files until the pass is disposed.</summary>
    public async Task<GatewayPass> OpenAsync(IFileView view, CancellationToken cancel)
    {
        var root = await StartAsync(cancel);
        var pass = new GatewayPass(root, view, ended => passes.TryRemove(ended.AccessKey, out _));
        passes[pass.AccessKey] = pass;
        return pass;
    }

    internal bool TryFind(string accessKey, [NotNullWhen(true)] out GatewayPass? pass) => passes.TryGetValue(accessKey, out pass);

    public async ValueTask DisposeAsync()
    {
        if (app is not null) await app.DisposeAsync();
        starting.Dispose();
    }

    private async Task<Uri> StartAsync(CancellationToken cancel)
    {
        await starting.WaitAsync(cancel);
        try
        {
            if (app is not null) return new Uri(app.Urls.Single());
            var starts = Build();
            await starts.StartAsync(cancel);
            app = starts;
            var root = new Uri(app.Urls.Single());
            own.Register("gateway for the engine", root.Host, root.Port);
            return root;
        }
        finally
        {
            starting.Release();
        }
    }

    private WebApplication Build()
    {
        // Empty: no settings file and no environment variable may open another door.
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0);
            kestrel.AddServerHeader = false;
            // The engine reads at the pace of its statement.
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Limits.MaxRequestBodySize = 0;
            kestrel.Limits.MaxRequestLineSize = 64 << 10;
        });
        var built = builder.Build();
        built.Run(new GatewayEndpoint(this).HandleAsync);
        return built;
    }
}
