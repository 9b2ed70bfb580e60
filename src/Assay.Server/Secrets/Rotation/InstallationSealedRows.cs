using Assay.Server.Store;
using Assay.Server.Tokens;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Secrets.Rotation;

/// <summary>The secrets of the installation itself.</summary>
internal sealed class InstallationSealedRows : ISealedRows
{
    public Type Entity => typeof(InstallationSecret);

    public async Task<IReadOnlyList<SealedRow>> ReadAsync(AssayDb db, SealedRow? after, string currentPrefix, int most, CancellationToken cancel)
    {
        var rows = db.Set<InstallationSecret>().AsNoTracking().Where(s => !s.Ciphertext.StartsWith(currentPrefix));
        if (after is not null) rows = rows.Where(s => s.Name.CompareTo(after.Field) > 0);
        return await rows.OrderBy(s => s.Name).Take(most).Select(s => new SealedRow(0, InstallationSecret.Record, s.Name, s.Ciphertext)).ToListAsync(cancel);
    }

    public async Task<bool> ReplaceAsync(AssayDb db, SealedRow row, string fresh, CancellationToken cancel) =>
        await db.Set<InstallationSecret>().Where(s => s.Name == row.Field && s.Ciphertext == row.Ciphertext)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.Ciphertext, fresh), cancel) == 1;
}
