namespace Assay.Engine;

/// <summary>A client of a ClickHouse server with the connections that it holds.</summary>
public sealed class RemoteEngine : IDisposable
{
    private readonly IDisposable _connections;

    internal RemoteEngine(IEngine client, IDisposable connections) => (Client, _connections) = (client, connections);

    /// <summary>Runs statements there.</summary>
    public IEngine Client { get; }

    /// <inheritdoc/>
    public void Dispose() => _connections.Dispose();
}
