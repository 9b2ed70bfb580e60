using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Assay.Engine;
using Assay.Engine.Staging;

namespace Assay.Bench.Profiles;

/// <summary>An engine that notes how often each kind of statement ran, and how long it was waited for.</summary>
internal sealed partial class TimedEngine(IEngine engine) : IEngine
{
    private readonly ConcurrentDictionary<string, (int Count, double Seconds)> times = [];

    public string? Cluster => engine.Cluster;

    public StagingMemory Staging => engine.Staging;

    public async IAsyncEnumerable<EngineRow> QueryAsync(EngineQuery query, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var start = Stopwatch.GetTimestamp();
        await foreach (var row in engine.QueryAsync(query, cancellation)) yield return row;
        Note(query, start);
    }

    public async Task<EngineReader> OpenAsync(EngineQuery query, CancellationToken cancellation = default)
    {
        var start = Stopwatch.GetTimestamp();
        var reader = await engine.OpenAsync(query, cancellation);
        Note(query, start);
        return reader;
    }

    public async Task<Stream> DownloadAsync(EngineQuery query, string format, CancellationToken cancellation = default)
    {
        var start = Stopwatch.GetTimestamp();
        var stream = await engine.DownloadAsync(query, format, cancellation);
        Note(query, start);
        return stream;
    }

    public async Task<EngineSummary> ExecuteAsync(EngineQuery query, CancellationToken cancellation = default)
    {
        var start = Stopwatch.GetTimestamp();
        var summary = await engine.ExecuteAsync(query, cancellation);
        Note(query, start);
        return summary;
    }

    public async Task<EngineSummary> InsertAsync(EngineQuery insert, Func<Stream, CancellationToken, Task> write, CancellationToken cancellation = default)
    {
        var start = Stopwatch.GetTimestamp();
        var summary = await engine.InsertAsync(insert, write, cancellation);
        Note(insert, start);
        return summary;
    }

    public Task<EngineProgress?> GetProgressAsync(string queryId, CancellationToken cancellation = default) => engine.GetProgressAsync(queryId, cancellation);

    public Task KillAsync(string queryId, CancellationToken cancellation = default) => engine.KillAsync(queryId, cancellation);

    public IDisposable Hold() => engine.Hold();

    public void Print()
    {
        foreach (var (kind, (count, seconds)) in times.OrderByDescending(t => t.Value.Seconds))
            Console.WriteLine($"  {seconds,8:F2} s {count,6} x {1000 * seconds / count,7:F1} ms  {kind}");
        times.Clear();
    }

    private void Note(EngineQuery query, long start)
    {
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var kind = Made().Replace(query.Sql, "#");
        times.AddOrUpdate(kind.Length > 110 ? kind[..110] : kind, _ => (1, seconds), (_, t) => (t.Count + 1, t.Seconds + seconds));
    }

    /// <summary>What differs between statements of one kind.</summary>
    [GeneratedRegex("[0-9a-f]{32}|-?[0-9.]+(e-?[0-9]+)?")]
    private static partial Regex Made();
}
