using Assay.Server.Secrets.Rotation;
using Assay.Server.Store;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Connections;

/// <summary>The secrets of connections, for a rotation of keys.</summary>
internal sealed class ConnectionSealedRows : ISealedRows
{
    public Type Entity => typeof(ConnectionSecret);

    public async Task<IReadOnlyList<SealedRow>> ReadAsync(AssayDb db, SealedRow? after, string currentPrefix, int most, CancellationToken cancel)
    {
        var rows = db.Set<ConnectionSecret>().AsNoTracking().Where(s => !s.Ciphertext.StartsWith(currentPrefix));
        if (after is not null)
            rows = rows.Where(s => s.ConnectionId > after.Key || (s.ConnectionId == after.Key && s.Field.CompareTo(after.Field) > 0));
        var found = await rows.OrderBy(s => s.ConnectionId).ThenBy(s => s.Field).Take(most).ToListAsync(cancel);
        return [.. found.Select(s => new SealedRow(s.ConnectionId, ConnectionSecret.RecordOf(s.ConnectionId), s.Field, s.Ciphertext))];
    }

    public async Task<bool> ReplaceAsync(AssayDb db, SealedRow row, string fresh, CancellationToken cancel) =>
        await db.Set<ConnectionSecret>().Where(s => s.ConnectionId == row.Key && s.Field == row.Field && s.Ciphertext == row.Ciphertext)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.Ciphertext, fresh), cancel) == 1;
}
