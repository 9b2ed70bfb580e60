using Assay.Engine;
using Assay.Engine.Staging;

namespace Assay.Server.Reading;

/// <summary>
/// An engine whose inserts tell how many rows they have taken in (those into one table, which may run side by side, all together), and whose
/// downloads of lines how many they have given out.
/// </summary>
internal sealed class WatchedEngine(IEngine engine, IProgress<long> seen) : IEngine
{
    private readonly Lock gate = new();
    private string filling = "";
    private long total;

    public string? Cluster => engine.Cluster;

    public StagingMemory Staging => engine.Staging;

    public IAsyncEnumerable<EngineRow> QueryAsync(EngineQuery query, CancellationToken cancellation = default) => engine.QueryAsync(query, cancellation);

    public Task<EngineReader> OpenAsync(EngineQuery query, CancellationToken cancellation = default) => engine.OpenAsync(query, cancellation);

    public async Task<Stream> DownloadAsync(EngineQuery query, string format, CancellationToken cancellation = default)
    {
        var rows = await engine.DownloadAsync(query, format, cancellation);
        return format == "TabSeparated" ? new WatchedLines(rows, seen) : rows;
    }

    public Task<EngineSummary> ExecuteAsync(EngineQuery query, CancellationToken cancellation = default) =>
        engine.ExecuteAsync(query.Sql.StartsWith("INSERT ", StringComparison.Ordinal) ? Watched(query) : query, cancellation);

    public Task<EngineSummary> InsertAsync(EngineQuery insert, Func<Stream, CancellationToken, Task> write, CancellationToken cancellation = default) =>
        engine.InsertAsync(Watched(insert), write, cancellation);

    public Task<EngineProgress?> GetProgressAsync(string queryId, CancellationToken cancellation = default) => engine.GetProgressAsync(queryId, cancellation);

    public Task KillAsync(string queryId, CancellationToken cancellation = default) => engine.KillAsync(queryId, cancellation);

    public IDisposable Hold() => engine.Hold();

    private EngineQuery Watched(EngineQuery query) => query.WithProgress(new Seen(this, seen, query.Sql));

    private sealed class Seen(WatchedEngine watched, IProgress<long> rows, string insert) : IProgress<EngineProgress>
    {
        private long last;

        public void Report(EngineProgress value)
        {
            var now = (long)Math.Max(value.WrittenRows, value.ReadRows);
            lock (watched.gate)
            {
                if (watched.filling != insert) (watched.filling, watched.total) = (insert, 0);
                watched.total += now - last;
                last = now;
                rows.Report(watched.total);
            }
        }
    }
}
