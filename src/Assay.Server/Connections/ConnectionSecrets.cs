using System.Security.Cryptography;
using Assay.Engine.Secrets;
using Assay.Server.Secrets;
using Assay.Server.Store;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Connections;

/// <summary>Reads and writes the sealed secrets of connections. Nothing else touches their rows.</summary>
internal sealed class ConnectionSecrets(Vault vault)
{
    /// <summary>The names of the stored secrets, without opening any.</summary>
    public static async Task<HashSet<string>> NamesAsync(AssayDb db, long connectionId, CancellationToken cancel) =>
        [.. await db.Set<ConnectionSecret>().Where(s => s.ConnectionId == connectionId).Select(s => s.Field).ToListAsync(cancel)];

    /// <summary>Opens a connection's secrets; what no key at hand opens is named instead.</summary>
    public async Task<OpenedSecrets> TryOpenAsync(AssayDb db, long connectionId, CancellationToken cancel)
    {
        var opened = new Dictionary<string, Secret>(StringComparer.Ordinal);
        var unreadable = new List<string>();
        foreach (var row in await db.Set<ConnectionSecret>().AsNoTracking().Where(s => s.ConnectionId == connectionId).OrderBy(s => s.Field).ToListAsync(cancel))
        {
            try { opened[row.Field] = await vault.OpenAsync(row.Ciphertext, ConnectionSecret.RecordOf(connectionId), row.Field, cancel); }
            catch (CryptographicException) { unreadable.Add(row.Field); }
        }
        return new OpenedSecrets(opened, unreadable);
    }

    /// <summary>Seals, replaces and removes as the writes say, in the caller's transaction.</summary>
    public async Task WriteAsync(AssayDb db, long connectionId, IReadOnlyDictionary<string, Secret?> writes, CancellationToken cancel)
    {
        var rows = await db.Set<ConnectionSecret>().Where(s => s.ConnectionId == connectionId).ToDictionaryAsync(s => s.Field, cancel);
        foreach (var (field, secret) in writes)
        {
            var row = rows.GetValueOrDefault(field);
            if (secret is null)
            {
                if (row is not null) db.Remove(row);
                continue;
            }
            var text = await vault.SealAsync(db, secret, ConnectionSecret.RecordOf(connectionId), field, cancel);
            if (row is not null) row.Ciphertext = text;
            else db.Add(new ConnectionSecret { ConnectionId = connectionId, Field = field, Ciphertext = text });
        }
    }
}

/// <param name="Opened">The secrets by field.</param>
/// <param name="Unreadable">Fields whose stored text no key at hand opens: they need to be entered again.</param>
internal sealed record OpenedSecrets(IReadOnlyDictionary<string, Secret> Opened, IReadOnlyList<string> Unreadable);
