using Assay.Server.History;
using Assay.Server.Secrets;
using Assay.Server.Settings;
using Assay.Server.Store;
using Assay.Server.Tokens;
using Assay.Server.Users;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Identity.Recovery;

/// <summary>Gives the first administrator who is not deactivated a new token, into <c>admin.token</c>. Other tokens stay as they are.</summary>
internal sealed class AdminTokenRecovery(AssaySettings settings, TokenIssuer issuer, FirstAdministrator first, IDbContextFactory<AssayDb> contexts, TimeProvider clock)
{
    private const string TokenName = "recovery";

    /// <returns>What to tell the operator; never the token itself.</returns>
    public async Task<string> IssueAsync(CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var admin = await db.Set<User>().Where(u => u.Role == Role.Admin && !u.Deactivated).OrderBy(u => u.Id).FirstOrDefaultAsync(cancel)
            ?? throw new StartupException($"The store in '{settings.Data}' has no active administrator: start Assay on it once.");
        var (text, row) = issuer.Issue(admin, TokenName, null);
        db.Add(row);
        await db.SaveChangesAsync(cancel);
        db.Add(Change.Of("user_token", row.Id, Change.Insert, new Changeset().Add("name", null, TokenName).Add("user_id", null, admin.UserId).Json, null, clock.UtcNow()));
        await db.SaveChangesAsync(cancel);
        // The file comes first, as at the first start: a kill here leaves a token that opens nothing.
        PrivateFile.Write(first.TokenPath, text);
        await transaction.CommitAsync(cancel);
        return $"A new token of administrator '{admin.UserId}' lies in {first.TokenPath}. Revoke it once it is no longer needed.";
    }
}
