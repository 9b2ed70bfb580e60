namespace Assay.Engine.Http;

/// <summary>Gives out the engine in use, starting it if need be.</summary>
internal interface IEndpointSource
{
    /// <exception cref="EngineException">There is no engine to be had.</exception>
    ValueTask<EndpointLease> RentAsync(CancellationToken cancellation);

    /// <inheritdoc cref="IEngine.Hold"/>
    IDisposable Hold();
}

/// <summary>The use of an endpoint by one request.</summary>
internal sealed class EndpointLease(Endpoint endpoint, Action? release = null) : IDisposable
{
    private Action? _release = release;

    internal Endpoint Endpoint { get; } = endpoint;

    public void Dispose() => Interlocked.Exchange(ref _release, null)?.Invoke();
}
