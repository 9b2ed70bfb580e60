using System.Collections.Concurrent;
using System.Net;
using Npgsql;

namespace Assay.Sources.Postgres;

/// <summary>
/// How the last sign-ins went, for a few seconds: the reads of many tables need not each find out which address answers and whether the server
/// offers TLS. Nothing of it is relied on: where a sign-in fails, all is asked anew.
/// </summary>
internal sealed class RecentSignIns(TimeProvider time)
{
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<(string Host, int Port, string User, SslMode Wanted), (IPAddress Address, SslMode Tls, long When)> ways = new();

    /// <summary>The way that worked, where it is still among the addresses that may be connected to.</summary>
    public (IPAddress Address, SslMode Tls)? Find(PostgresSettings settings, IReadOnlyList<IPAddress> allowed) =>
        ways.TryGetValue(Key(settings), out var way) && time.GetElapsedTime(way.When) < Kept && allowed.Contains(way.Address) ? (way.Address, way.Tls) : null;

    public void Note(PostgresSettings settings, IPAddress address, SslMode tls)
    {
        foreach (var (key, way) in ways)
            if (time.GetElapsedTime(way.When) >= Kept) ways.TryRemove(key, out _);
        ways.TryAdd(Key(settings), (address, tls, time.GetTimestamp()));
    }

    public void Forget(PostgresSettings settings) => ways.TryRemove(Key(settings), out _);

    private static (string, int, string, SslMode) Key(PostgresSettings settings) => (settings.Host, settings.Port, settings.Username, settings.Tls);
}
