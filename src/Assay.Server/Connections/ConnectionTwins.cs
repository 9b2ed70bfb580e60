using Assay.Engine.Secrets;
using Assay.Server.Store;
using Assay.Sources.Contract;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Connections;

/// <summary>
/// Finds the connection that a new one would repeat: same type, same place, same user, same parameters. Types that sign in without a
/// user's name are told apart by their secrets.
/// </summary>
internal sealed class ConnectionTwins(ConnectionSecrets secrets)
{
    public async Task<Connection?> FindAsync(AssayDb db, Connection fresh, IReadOnlyDictionary<string, Secret> freshSecrets, ConnectorSpec spec, CancellationToken cancel)
    {
        var candidates = await db.Set<Connection>().AsNoTracking()
            .Where(c => c.Type == fresh.Type && c.Uri == fresh.Uri && c.Username == fresh.Username && c.AccessKey == fresh.AccessKey && c.Catalog == fresh.Catalog)
            .OrderBy(c => c.Id).ToListAsync(cancel);
        foreach (var candidate in candidates.Where(c => SamePlace(c, fresh, spec)))
            if (fresh.Username is not null || fresh.AccessKey is not null || await HasAsync(db, candidate, freshSecrets, cancel)) return candidate;
        return null;
    }

    private static bool SamePlace(Connection one, Connection other, ConnectorSpec spec) =>
        ConnectionEndpoint.SameHost(one.Host, other.Host) && ConnectionEndpoint.SamePort(one.Port, other.Port, spec)
        && ConnectionParameters.Same(one.Parameters, other.Parameters);

    private async Task<bool> HasAsync(AssayDb db, Connection candidate, IReadOnlyDictionary<string, Secret> fresh, CancellationToken cancel)
    {
        var stored = await secrets.TryOpenAsync(db, candidate.Id, cancel);
        return stored.Unreadable.Count == 0 && stored.Opened.Count == fresh.Count
            && fresh.All(s => stored.Opened.TryGetValue(s.Key, out var same) && same.Reveal() == s.Value.Reveal());
    }
}
