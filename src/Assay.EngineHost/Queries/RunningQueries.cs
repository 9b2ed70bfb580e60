using System.Collections.Concurrent;
using Assay.EngineHost.Native;
using Assay.EngineHost.Statements;

namespace Assay.EngineHost.Queries;

/// <summary>
/// The queries under way by the id their caller gave. The library chooses its own <c>query_id</c>, so the caller's id is
/// kept in <c>log_comment</c>, where <c>system.processes</c> shows it among the query's settings.
/// </summary>
internal sealed class RunningQueries(ConnectionPool pool, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly ConcurrentDictionary<string, bool> _ids = new();

    /// <summary>False when the id is taken.</summary>
    internal bool TryAdd(string id) => _ids.TryAdd(id, true);

    internal void Remove(string id) => _ids.TryRemove(id, out _);

    /// <summary>Returns once the query has been told to stop, or has ended.</summary>
    internal async Task KillAsync(string id, Task ended)
    {
        // A query that the engine is still analysing is not listed yet.
        while (!ended.IsCompleted && !await TryKillAsync(id))
            await Task.WhenAny(ended, Task.Delay(Pause, time));
    }

    /// <summary>Returns once the query has ended; a query may need telling more than once.</summary>
    internal async Task KillUntilAsync(string id, Task ended)
    {
        while (!ended.IsCompleted)
        {
            await TryKillAsync(id);
            await Task.WhenAny(ended, Task.Delay(Pause, time));
        }
    }

    private async Task<bool> TryKillAsync(string id)
    {
        var killed = await pool.Control.QueryAsync($"KILL QUERY WHERE Settings['log_comment'] = {Rewriting.Literal(id)} ASYNC FORMAT TSV");
        return killed.Output.Length > 0;
    }
}
