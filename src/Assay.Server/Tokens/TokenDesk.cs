using Assay.Server.History;
using Assay.Server.Identity;
using Assay.Server.Store;
using Assay.Server.Users;
using Assay.Server.Web.Responses;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Tokens;

/// <summary>Makes, lists, revokes and deletes tokens.</summary>
internal sealed class TokenDesk(AssayDb db, TokenIssuer issuer, UserDirectory users, Authenticator authenticator, TokenUse use, TimeProvider clock)
{
    public Task<IReadOnlyList<TokenView>> OfAsync(long userId, CancellationToken cancel) =>
        ShowAsync(db.Set<UserToken>().Where(t => t.UserId == userId), cancel);

    public Task<IReadOnlyList<TokenView>> OfServicesAsync(CancellationToken cancel) =>
        ShowAsync(db.Set<UserToken>().Where(t => db.Set<User>().Any(u => u.Id == t.UserId && u.UserType == UserType.Service)), cancel);

    public async Task<Outcome<NewTokenView>> CreateAsync(CreateTokenRequest request, Caller caller, CancellationToken cancel)
    {
        if (!(await OwnerAsync(request, caller, cancel)).Try(out var owner, out var refused)) return refused;
        if (owner.Deactivated) return Failure.Conflict($"The user id: {owner.Id} is deactivated");
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var name = request.Name.Trim();
        if (owner.UserType == UserType.Service)
        {
            await db.TakeLockAsync(StoreLock.ServiceTokenNames, cancel);
            if (await db.Set<UserToken>().AnyAsync(t => t.UserId == owner.Id && t.Name == name, cancel))
                return Failure.Conflict($"Token name: '{name}' already exists");
        }
        var (text, row) = issuer.Issue(owner, name, request.ExpiresInDays is { } days ? TimeSpan.FromDays(days) : null, request.ScimEndpointsOnly);
        db.Add(row);
        await db.SaveChangesAsync(cancel);
        await NoteAsync(row.Id, Change.Insert, new Changeset().Add("name", null, name).Add("user_id", null, owner.UserId), caller, cancel);
        await transaction.CommitAsync(cancel);
        return new NewTokenView(row.Created, row.Id, row.Name, true, row.Expiration, null, row.ScimEndpointsOnly, UserStub.Of(owner), text);
    }

    public async Task<Outcome<TokenView>> RevokeAsync(long id, bool revoke, Caller caller, CancellationToken cancel)
    {
        if (!(await FindAsync(id, caller, cancel)).Try(out var token, out var missing)) return missing;
        await using (var transaction = await db.Database.BeginTransactionAsync(cancel))
        {
            if (await db.Set<UserToken>().Where(t => t.Id == id && t.Revoked != revoke).ExecuteUpdateAsync(set => set.SetProperty(t => t.Revoked, revoke), cancel) > 0)
                await NoteAsync(id, Change.Update, new Changeset().Add("revoked", !revoke, revoke), caller, cancel);
            await transaction.CommitAsync(cancel);
        }
        authenticator.Forget();
        var shown = await ShowAsync(db.Set<UserToken>().Where(t => t.Id == token.Id), cancel);
        return shown.Count == 1 ? shown[0] : Failure.NotFound("Token", id);
    }

    /// <summary>Null when deleted.</summary>
    public async Task<Failure?> DeleteAsync(long id, Caller caller, CancellationToken cancel)
    {
        if (!(await FindAsync(id, caller, cancel)).Try(out var token, out var missing)) return missing;
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        if (await db.Set<UserToken>().Where(t => t.Id == id && t.Revoked).ExecuteDeleteAsync(cancel) == 0)
            return Failure.Conflict($"The token id: {id} is active; revoke it first");
        await NoteAsync(id, Change.Delete, new Changeset().Add("name", token.Name, null), caller, cancel);
        await transaction.CommitAsync(cancel);
        return null;
    }

    private async Task NoteAsync(long id, string verb, Changeset changes, Caller caller, CancellationToken cancel)
    {
        db.Add(Change.Of("user_token", id, verb, changes.Json, caller, clock.UtcNow()));
        await db.SaveChangesAsync(cancel);
    }

    private async Task<Outcome<User>> OwnerAsync(CreateTokenRequest request, Caller caller, CancellationToken cancel)
    {
        var wanted = request.UserId ?? new(caller.Id, null);
        var own = wanted.Id == caller.Id || wanted.Name == caller.UserId;
        // Asked before looking: whether another user exists is no business of those who may not act for them.
        return own || caller.Is(Role.Admin) ? await users.FindAsync(wanted, cancel) : Failure.Forbidden("You must have the Admin role");
    }

    /// <summary>The token, as far as the caller may know of it.</summary>
    private async Task<Outcome<UserToken>> FindAsync(long id, Caller caller, CancellationToken cancel) =>
        await db.Set<UserToken>().AsNoTracking().SingleOrDefaultAsync(t => t.Id == id, cancel) is { } token && (token.UserId == caller.Id || caller.Is(Role.Admin))
            ? token : Failure.NotFound("Token", id);

    private async Task<IReadOnlyList<TokenView>> ShowAsync(IQueryable<UserToken> tokens, CancellationToken cancel)
    {
        var rows = await tokens.Join(db.Set<User>(), t => t.UserId, u => u.Id, (t, u) => new { Token = t, User = u })
            .OrderBy(r => r.Token.Id).AsNoTracking().ToListAsync(cancel);
        return [.. rows.Select(r => new TokenView(r.Token.Created, r.Token.Id, r.Token.Name, !r.Token.Revoked, r.Token.Expiration,
            use.Unwritten(r.Token.Id) ?? r.Token.LastUsed, r.Token.ScimEndpointsOnly, UserStub.Of(r.User)))];
    }
}
