using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Assay.Sources.Postgres;

/// <summary>
/// Sessions that finished a read, kept for a moment: the next table of the same operation is read by one of them, and needs neither a sign-in nor
/// a new process at the server. Only sessions that a read leaves as they were come here; each serves those who give the same settings, down
/// to the password, as long as its address may still be connected to.
/// </summary>
internal sealed class IdleSessions : IAsyncDisposable
{
    /// <summary>Longer than an operation takes between two tables, and too short to be in anybody's way at the server.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromSeconds(2);
    /// <summary>Sessions kept of the same settings; an operation reads no more tables at once than a few.</summary>
    private const int Most = 4;

    private readonly TimeProvider time;
    private readonly ITimer sweep;
    private readonly Lock gate = new();
    /// <summary>Oldest first.</summary>
    private readonly List<Idle> waiting = [];
    private bool closed;

    public IdleSessions(TimeProvider time) => (this.time, sweep) = (time, time.CreateTimer(_ => _ = SweepAsync(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan));

    /// <summary>A session for its taker to dispose or to give back; null where none waits.</summary>
    public PostgresSession? Take(PostgresSettings settings, string database, IReadOnlyList<IPAddress> allowed)
    {
        var key = Key(settings, database);
        lock (gate)
        {
            var at = waiting.FindLastIndex(i => i.Key == key && allowed.Contains(i.Session.Address));
            if (at < 0) return null;
            var session = waiting[at].Session;
            waiting.RemoveAt(at);
            return session;
        }
    }

    /// <param name="session">In no transaction, and as it was after the sign-in.</param>
    public ValueTask GiveAsync(PostgresSettings settings, string database, PostgresSession session)
    {
        var key = Key(settings, database);
        lock (gate)
        {
            if (!closed && waiting.Count(i => i.Key == key) < Most)
            {
                waiting.Add(new Idle(key, settings.Port, session, time.GetTimestamp()));
                if (waiting.Count == 1) Wake(Kept);
                return ValueTask.CompletedTask;
            }
        }
        return session.DisposeAsync();
    }

    /// <summary>Ends all that wait at a server, whoever left them.</summary>
    /// <returns>Whether there was one.</returns>
    public Task<bool> EndAsync(IPAddress address, int port) => EndAsync(i => i.Port == port && i.Session.Address.Equals(address));

    public async ValueTask DisposeAsync()
    {
        lock (gate) closed = true;
        await sweep.DisposeAsync();
        await EndAsync(_ => true);
    }

    private Task SweepAsync() => EndAsync(i => time.GetElapsedTime(i.Since) >= Kept);

    private async Task<bool> EndAsync(Predicate<Idle> which)
    {
        var found = Remove(which);
        // A line that was dead is gone, however it says so.
        await Task.WhenAll(found.Select(i => i.Session.DisposeAsync().AsTask())).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return found.Count > 0;
    }

    private List<Idle> Remove(Predicate<Idle> which)
    {
        lock (gate)
        {
            var found = waiting.FindAll(which);
            waiting.RemoveAll(found.Contains);
            if (waiting.Count > 0) Wake(Kept - time.GetElapsedTime(waiting[0].Since));
            return found;
        }
    }

    private void Wake(TimeSpan after) => sweep.Change(after > TimeSpan.Zero ? after : TimeSpan.Zero, Timeout.InfiniteTimeSpan);

    /// <summary>A hash, so that the password stands nowhere else.</summary>
    private static string Key(PostgresSettings settings, string database) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0',
        settings.Host, settings.Port, settings.Tls, string.Join(',', settings.Authorities?.Select(a => a.Thumbprint) ?? []), settings.ApplicationName, database, settings.Username, settings.Password.Reveal()))));

    private sealed record Idle(string Key, int Port, PostgresSession Session, long Since);
}
