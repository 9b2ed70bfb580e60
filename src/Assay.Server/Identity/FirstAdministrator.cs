using System.Buffers.Text;
using System.Text.Json;
using Assay.Server.Secrets;
using Assay.Server.Settings;
using Assay.Server.Store;
using Assay.Server.Teams;
using Assay.Server.Tokens;
using Assay.Server.Users;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Identity;

/// <summary>Makes the Public team and the first administrator at first start, and leaves the token in <c>admin.token</c>.</summary>
internal sealed class FirstAdministrator(AssaySettings settings, TokenKey key, TokenIssuer issuer, IDbContextFactory<AssayDb> contexts, TimeProvider clock)
{
    private const int LeastSignatureBytes = 32;

    public string TokenPath => Path.Combine(settings.Data, "admin.token");

    /// <summary>True when an administrator was made by this call.</summary>
    public async Task<bool> EnsureAsync(CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        if (await db.Set<User>().AnyAsync(cancel)) return false;
        db.Add(new Team { Name = Team.PublicName, NameKey = "public", Description = "Everyone", Permission = TeamPermission.Editor, IsPublic = true, Created = clock.UtcNow() });
        var admin = new User { UserId = "admin", UserName = "admin", Name = "Administrator", Role = Role.Admin, Created = clock.UtcNow() };
        db.Add(admin);
        await db.SaveChangesAsync(cancel);
        var (text, row) = settings.AdminToken.Length > 0 ? Preset(admin) : issuer.Issue(admin, "first start", null);
        db.Add(row);
        await db.SaveChangesAsync(cancel);
        // The file comes first: a kill before the commit leaves a token that opens nothing, never an administrator without a token.
        PrivateFile.Write(TokenPath, text);
        await transaction.CommitAsync(cancel);
        return true;
    }

    private (string Text, UserToken Row) Preset(User admin)
    {
        var parts = settings.AdminToken.Split('.');
        if (parts.Length != 3 || !IsJsonObject(parts[0]) || !IsJsonObject(parts[1]) || !IsStrong(parts[2]))
            throw new StartupException($"ASSAY_ADMIN_TOKEN: expected a token in JWT form with a random signature of at least {LeastSignatureBytes} bytes; leave it empty to have one made.");
        return (settings.AdminToken, new UserToken { UserId = admin.Id, Name = "preset", Hash = key.Hash(settings.AdminToken), Created = clock.UtcNow() });
    }

    private static bool IsStrong(string part) => Base64Url.IsValid(part, out var length) && length >= LeastSignatureBytes
        && Base64Url.DecodeFromChars(part).Distinct().Count() >= LeastSignatureBytes / 2;

    private static bool IsJsonObject(string part)
    {
        try { return Base64Url.IsValid(part) && JsonDocument.Parse(Base64Url.DecodeFromChars(part)).RootElement.ValueKind == JsonValueKind.Object; }
        catch (JsonException) { return false; }
    }
}
