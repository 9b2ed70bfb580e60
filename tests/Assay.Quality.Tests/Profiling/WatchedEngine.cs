using System.Collections.Concurrent;
using Assay.Engine;
using Assay.Engine.Staging;

namespace Assay.Quality.Tests.Profiling;

/// <summary>An engine that remembers the statements it was given.</summary>
internal sealed class WatchedEngine(IEngine engine) : IEngine
{
    public ConcurrentQueue<string> Statements { get; } = new();

    public string? Cluster => engine.Cluster;

    public StagingMemory Staging => engine.Staging;

    public IAsyncEnumerable<EngineRow> QueryAsync(EngineQuery query, CancellationToken cancellation = default) => engine.QueryAsync(Seen(query), cancellation);

    public Task<EngineReader> OpenAsync(EngineQuery query, CancellationToken cancellation = default) => engine.OpenAsync(Seen(query), cancellation);

    public Task<Stream> DownloadAsync(EngineQuery query, string format, CancellationToken cancellation = default) => engine.DownloadAsync(Seen(query), format, cancellation);

    public Task<EngineSummary> ExecuteAsync(EngineQuery query, CancellationToken cancellation = default) => engine.ExecuteAsync(Seen(query), cancellation);

    public Task<EngineSummary> InsertAsync(EngineQuery insert, Func<Stream, CancellationToken, Task> write, CancellationToken cancellation = default) =>
        engine.InsertAsync(Seen(insert), write, cancellation);

    public Task<EngineProgress?> GetProgressAsync(string queryId, CancellationToken cancellation = default) => engine.GetProgressAsync(queryId, cancellation);

    public Task KillAsync(string queryId, CancellationToken cancellation = default) => engine.KillAsync(queryId, cancellation);

    public IDisposable Hold() => engine.Hold();

    private EngineQuery Seen(EngineQuery query)
    {
        Statements.Enqueue(query.Sql);
        return query;
    }
}
