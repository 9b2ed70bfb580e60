using Assay.Server.Settings;
using Assay.Server.Store;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Secrets.Rotation;

/// <param name="DataKeyId">The data key that seals from now on.</param>
/// <param name="MasterKeyId">The master key that wraps all data keys.</param>
internal sealed record RotationReport(long DataKeyId, string MasterKeyId, ResealingReport Secrets);

/// <summary>
/// Changes the keys while servers run. At every moment each key that something is sealed with is at hand, so that a kill in
/// between loses nothing: what it leaves is a key more than needed, and the next rotation tidies up.
/// </summary>
internal sealed class KeyRotation(Vault vault, MasterKeys masters, Resealing resealing, IDbContextFactory<AssayDb> contexts)
{
    /// <param name="master">Change the master key too.</param>
    /// <exception cref="StartupException">The master key cannot be changed in the way it is given.</exception>
    public async Task<RotationReport> RunAsync(bool master, CancellationToken cancel)
    {
        if (master) BringNewMaster();
        var newest = await AddDataKeyAsync(master, cancel);
        if (master && masters.File is not null) masters.Replace([masters.All[0]]);
        return new RotationReport(newest, masters.All[0].Id, await resealing.RunAsync(newest, cancel));
    }

    /// <summary>The new key joins the old ones before anything is wrapped with it.</summary>
    private void BringNewMaster()
    {
        if (masters.File is not null) masters.Replace([MasterKey.New(), .. masters.All]);
        else if (masters.All.Count == 1)
            throw new StartupException($"{MasterKey.Variable} holds one key. Put the new one before it ({MasterKey.Variable}=new,old), restart every node with that, then rotate.");
    }

    private async Task<long> AddDataKeyAsync(bool rewrap, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var id = await vault.AddKeyAsync(db, cancel);
        if (rewrap)
        {
            foreach (var row in await db.Set<DataKey>().Where(k => k.Id != id).ToListAsync(cancel))
                (row.Wrapped, row.MasterKeyId) = (masters.Wrap(masters.Unwrap(row)), masters.EnsureCurrent());
            await db.SaveChangesAsync(cancel);
        }
        await transaction.CommitAsync(cancel);
        return id;
    }
}
