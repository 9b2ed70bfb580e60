using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Assay.Engine.Secrets;
using Assay.Server.Settings;
using Assay.Server.Store;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Secrets;

/// <summary>
/// Seals secrets for storage and opens them for use. A sealed text reads <c>v1.{data key id}.{base64url}</c> and is bound to the
/// record and field that it belongs to: moved elsewhere, it does not open.
/// </summary>
internal sealed class Vault(MasterKeys masters, IDbContextFactory<AssayDb> contexts, TimeProvider clock)
{
    private readonly ConcurrentDictionary<long, byte[]> keys = new();

    /// <summary>Loads the data keys, making the first one. Called once at start, after migration.</summary>
    /// <exception cref="StartupException">The keys at hand do not open the store's data keys.</exception>
    public async Task OpenAsync(CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await db.TakeLockAsync(StoreLock.FirstStart, cancel);
        try
        {
            if (!await db.Set<DataKey>().AnyAsync(cancel)) await AddKeyAsync(db, cancel);
            else await LoadAsync(db, cancel);
        }
        catch (CryptographicException problem)
        {
            throw new StartupException(problem.Message);
        }
        await transaction.CommitAsync(cancel);
    }

    /// <summary>
    /// Seals with the newest data key, as part of the transaction that stores the outcome: a rotation either waits for that
    /// transaction or makes it use the new key, so that nothing sealed with an old key appears behind its back.
    /// </summary>
    public async Task<string> SealAsync(AssayDb db, Secret secret, string record, string field, CancellationToken cancel)
    {
        var plain = Encoding.UTF8.GetBytes(secret.Reveal());
        try { return await SealAsync(db, plain, record, field, cancel); }
        finally { CryptographicOperations.ZeroMemory(plain); }
    }

    public async Task<string> SealAsync(AssayDb db, byte[] plain, string record, string field, CancellationToken cancel)
    {
        await db.ShareLockAsync(StoreLock.DataKeys, cancel);
        var newest = await db.Set<DataKey>().MaxAsync(k => k.Id, cancel);
        return new SealedText(newest, Sealing.Seal(await KeyAsync(newest, cancel), plain, Place(record, field))).ToString();
    }

    /// <exception cref="CryptographicException">No key at hand opens the text, or it belongs elsewhere.</exception>
    public async ValueTask<Secret> OpenAsync(string sealedText, string record, string field, CancellationToken cancel)
    {
        var plain = await OpenBytesAsync(sealedText, record, field, cancel);
        try { return new Secret(Encoding.UTF8.GetString(plain)); }
        finally { CryptographicOperations.ZeroMemory(plain); }
    }

    /// <exception cref="CryptographicException">No key at hand opens the text, or it belongs elsewhere.</exception>
    public async ValueTask<byte[]> OpenBytesAsync(string sealedText, string record, string field, CancellationToken cancel)
    {
        var parts = SealedText.Parse(sealedText);
        return Sealing.Open(await KeyAsync(parts.KeyId, cancel), parts.Body, Place(record, field));
    }

    /// <summary>Adds a data key in the caller's transaction; from its commit on, it seals. Waits for transactions that seal with the old one.</summary>
    /// <returns>The new key's id.</returns>
    public async Task<long> AddKeyAsync(AssayDb db, CancellationToken cancel)
    {
        await db.TakeLockAsync(StoreLock.DataKeys, cancel);
        var row = new DataKey { MasterKeyId = masters.EnsureCurrent(), Wrapped = masters.Wrap(RandomNumberGenerator.GetBytes(32)), Created = clock.UtcNow() };
        db.Add(row);
        await db.SaveChangesAsync(cancel);
        return row.Id;
    }

    private async ValueTask<byte[]> KeyAsync(long id, CancellationToken cancel)
    {
        if (keys.TryGetValue(id, out var key)) return key;
        // Another process rotated the keys while this one runs.
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await LoadAsync(db, cancel);
        return keys.TryGetValue(id, out key) ? key : throw new CryptographicException($"Data key {id} is not known.");
    }

    private async Task LoadAsync(AssayDb db, CancellationToken cancel)
    {
        foreach (var row in await db.Set<DataKey>().AsNoTracking().OrderBy(k => k.Id).ToListAsync(cancel))
            if (!keys.ContainsKey(row.Id)) keys[row.Id] = masters.Unwrap(row);
    }

    // The length keeps record and field apart, whatever characters they hold.
    private static string Place(string record, string field) => $"{record.Length}:{record}/{field}";
}
