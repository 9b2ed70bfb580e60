using Microsoft.Extensions.Options;

namespace Assay.Engine.Http;

/// <summary>The configured server is there or not: there is nothing to start.</summary>
internal sealed class ServerEndpointSource(IOptions<EngineOptions> options) : IEndpointSource, IDisposable
{
    private readonly ServerEndpoint _server = new(options.Value);

    public ValueTask<EndpointLease> RentAsync(CancellationToken cancellation) => new(new EndpointLease(_server));

    public IDisposable Hold() => new EndpointLease(_server);

    public void Dispose() => _server.Dispose();
}
