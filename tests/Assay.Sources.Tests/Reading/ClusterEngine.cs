using Assay.Engine;
using Assay.Engine.Staging;

namespace Assay.Sources.Tests.Reading;

/// <summary>An engine that says it has a cluster.</summary>
internal sealed class ClusterEngine(IEngine inner, string cluster) : IEngine
{
    public string? Cluster => cluster;

    public StagingMemory Staging => inner.Staging;

    public IAsyncEnumerable<EngineRow> QueryAsync(EngineQuery query, CancellationToken cancellation = default) => inner.QueryAsync(query, cancellation);

    public Task<EngineReader> OpenAsync(EngineQuery query, CancellationToken cancellation = default) => inner.OpenAsync(query, cancellation);

    public Task<Stream> DownloadAsync(EngineQuery query, string format, CancellationToken cancellation = default) => inner.DownloadAsync(query, format, cancellation);

    public Task<EngineSummary> ExecuteAsync(EngineQuery query, CancellationToken cancellation = default) => inner.ExecuteAsync(query, cancellation);

    public Task<EngineSummary> InsertAsync(EngineQuery insert, Func<Stream, CancellationToken, Task> write, CancellationToken cancellation = default) =>
        inner.InsertAsync(insert, write, cancellation);

    public Task<EngineProgress?> GetProgressAsync(string queryId, CancellationToken cancellation = default) => inner.GetProgressAsync(queryId, cancellation);

    public Task KillAsync(string queryId, CancellationToken cancellation = default) => inner.KillAsync(queryId, cancellation);

    public IDisposable Hold() => inner.Hold();
}
