using System.Collections.Concurrent;
using Assay.Server.Store;
using Assay.Server.Tokens;
using Assay.Server.Users;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Identity;

/// <summary>
/// Finds the caller of a token. Answers are kept for a second at most and dropped at once when this process changes users or
/// tokens, so that a revoked token is refused immediately here and within a second on other nodes.
/// </summary>
internal sealed class Authenticator(TokenKey key, IDbContextFactory<AssayDb> contexts, TokenUse use, TimeProvider clock)
{
    private static readonly TimeSpan KeepFor = TimeSpan.FromSeconds(1);
    private const int MostKept = 10_000;
    private readonly ConcurrentDictionary<string, Entry> known = new(StringComparer.Ordinal);
    private int generation;

    /// <summary>The caller, or null for a token that is unknown, revoked, expired or whose user is deactivated.</summary>
    public ValueTask<Caller?> FindAsync(ReadOnlyMemory<char> token, CancellationToken cancel)
    {
        var now = clock.GetTimestamp();
        var current = Volatile.Read(ref generation);
        return known.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(token.Span, out var entry) && entry.Generation == current && clock.GetElapsedTime(entry.Read, now) <= KeepFor
            ? ValueTask.FromResult(Admit(entry.Caller)) : ReadAsync(token.ToString(), now, current, cancel);
    }

    private async ValueTask<Caller?> ReadAsync(string token, long now, int current, CancellationToken cancel)
    {
        var caller = await LoadAsync(token, cancel);
        if (known.Count >= MostKept) known.Clear();
        if (caller is not null) known[token] = new Entry(caller, now, current);
        return Admit(caller);
    }

    private Caller? Admit(Caller? caller)
    {
        if (caller is null || caller.Expires <= clock.UtcNow()) return null;
        use.Seen(caller.TokenId);
        return caller;
    }

    /// <summary>
    /// Forgets what is known, after a change to users, roles or tokens has been committed. An answer that was being read
    /// meanwhile belongs to the generation before and is not kept either.
    /// </summary>
    public void Forget()
    {
        Interlocked.Increment(ref generation);
        known.Clear();
    }

    private async Task<Caller?> LoadAsync(string token, CancellationToken cancel)
    {
        if (token.Length > 4096) return null;
        var hash = key.Hash(token);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await (from t in db.Set<UserToken>()
                      join u in db.Set<User>() on t.UserId equals u.Id
                      where t.Hash == hash && !t.Revoked && !u.Deactivated
                      select new Caller(u.Id, u.UserId, u.Name, u.Email, u.Role, t.Id, t.Expiration, t.ScimEndpointsOnly)).FirstOrDefaultAsync(cancel);
    }

    private sealed record Entry(Caller Caller, long Read, int Generation);
}
