using System.Security.Cryptography;
using Assay.Server.Secrets;
using Assay.Server.Settings;
using Assay.Server.Store;
using Assay.Server.Tokens;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Identity.Recovery;

/// <summary>
/// Gives an installation whose master key is gone new keys. What the old ones sealed stays unreadable: connections ask for their
/// secrets again, and every token is revoked, since none can be recognised any more.
/// </summary>
internal sealed class LostMasterKey(MasterKeys masters, IDbContextFactory<AssayDb> contexts)
{
    /// <exception cref="StartupException">The key is not lost.</exception>
    public async Task<string> ReplaceAsync(CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await db.TakeLockAsync(StoreLock.FirstStart, cancel);
        var keys = await db.Set<DataKey>().AsNoTracking().ToListAsync(cancel);
        if (keys.All(Opens)) throw new StartupException($"The master key in {masters.Source} opens this store; leave --lost-master-key out.");
        await db.Set<DataKey>().ExecuteDeleteAsync(cancel);
        await db.Set<InstallationSecret>().ExecuteDeleteAsync(cancel);
        await db.Set<UserToken>().ExecuteUpdateAsync(set => set.SetProperty(t => t.Revoked, true), cancel);
        await transaction.CommitAsync(cancel);
        return "New keys are in use. All tokens are revoked; every connection with secrets must be given them again.";
    }

    private bool Opens(DataKey row)
    {
        try
        {
            masters.Unwrap(row);
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
