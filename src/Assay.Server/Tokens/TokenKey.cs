using System.Security.Cryptography;
using System.Text;
using Assay.Server.Secrets;
using Assay.Server.Settings;
using Assay.Server.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Assay.Server.Tokens;

/// <summary>The installation's key for signing and hashing tokens, made once and stored sealed.</summary>
internal sealed class TokenKey(Vault vault, IDbContextFactory<AssayDb> contexts)
{
    private const string Name = "token-key";
    private byte[] key = [];

    public byte[] Bytes => key;

    public async Task LoadAsync(CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await db.TakeLockAsync(StoreLock.FirstStart, cancel);
        var stored = await db.Set<InstallationSecret>().AsNoTracking().SingleOrDefaultAsync(s => s.Name == Name, cancel);
        if (stored is null)
        {
            stored = new InstallationSecret { Name = Name, Ciphertext = await vault.SealAsync(db, RandomNumberGenerator.GetBytes(32), InstallationSecret.Record, Name, cancel) };
            db.Add(stored);
            await db.SaveChangesAsync(cancel);
            await transaction.CommitAsync(cancel);
        }
        try
        {
            key = await vault.OpenBytesAsync(stored.Ciphertext, InstallationSecret.Record, Name, cancel);
        }
        catch (CryptographicException problem)
        {
            throw new StartupException($"The installation's token key cannot be opened: {problem.Message}");
        }
    }

    public string Hash(string token) => Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(token)));
}

/// <summary>A secret of the installation itself, sealed.</summary>
internal sealed class InstallationSecret
{
    /// <summary>The record that these secrets are bound to when they are sealed.</summary>
    public const string Record = "installation";

    public required string Name { get; init; }
    public required string Ciphertext { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<InstallationSecret>
    {
        public void Configure(EntityTypeBuilder<InstallationSecret> builder) => builder.ToTable("installation_secrets").HasKey(s => s.Name);
    }
}
