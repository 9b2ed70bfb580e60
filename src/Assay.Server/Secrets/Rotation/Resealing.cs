using System.Security.Cryptography;
using Assay.Server.Store;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Secrets.Rotation;

/// <param name="Resealed">How many secrets were sealed anew.</param>
/// <param name="Unreadable">Secrets that no key at hand opens, as <c>record field</c>; they stay as they are.</param>
internal sealed record ResealingReport(long Resealed, IReadOnlyList<string> Unreadable);

/// <summary>
/// Seals with the newest key what older keys sealed. Every row is a transaction of its own, so that others write in between and no
/// two rows are ever locked together. A row that someone writes meanwhile is left to them, and looked at again.
/// </summary>
internal sealed class Resealing(Vault vault, IDbContextFactory<AssayDb> contexts, IEnumerable<ISealedRows> tables)
{
    private const int BatchRows = 500;

    public async Task<ResealingReport> RunAsync(long newestKey, CancellationToken cancel)
    {
        long resealed = 0;
        var unreadable = new List<string>();
        foreach (var table in tables)
        {
            bool again;
            do
            {
                var pass = await PassAsync(table, newestKey, cancel);
                resealed += pass.Resealed;
                again = pass.Lost > 0;
                if (!again) unreadable.AddRange(pass.Unreadable);
            }
            while (again);
        }
        return new ResealingReport(resealed, unreadable);
    }

    private async Task<(long Resealed, long Lost, List<string> Unreadable)> PassAsync(ISealedRows table, long newestKey, CancellationToken cancel)
    {
        (long resealed, long lost, var unreadable, SealedRow? last) = (0, 0, new List<string>(), null);
        while (true)
        {
            await using var db = await contexts.CreateDbContextAsync(cancel);
            var batch = await table.ReadAsync(db, last, SealedText.PrefixOf(newestKey), BatchRows, cancel);
            if (batch.Count == 0) return (resealed, lost, unreadable);
            foreach (var row in batch)
            {
                if (await OpenAsync(row, cancel) is not { } plain) unreadable.Add($"{row.Record} {row.Field}");
                else if (await ReplaceAsync(db, table, row, plain, cancel)) resealed++;
                else lost++;
            }
            last = batch[^1];
        }
    }

    private async Task<bool> ReplaceAsync(AssayDb db, ISealedRows table, SealedRow row, byte[] plain, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var fresh = await vault.SealAsync(db, plain, row.Record, row.Field, cancel);
        CryptographicOperations.ZeroMemory(plain);
        var replaced = await table.ReplaceAsync(db, row, fresh, cancel);
        await transaction.CommitAsync(cancel);
        return replaced;
    }

    private async Task<byte[]?> OpenAsync(SealedRow row, CancellationToken cancel)
    {
        try { return await vault.OpenBytesAsync(row.Ciphertext, row.Record, row.Field, cancel); }
        catch (CryptographicException) { return null; }
    }
}
