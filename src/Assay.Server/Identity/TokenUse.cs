using System.Collections.Concurrent;
using Assay.Server.Store;
using Assay.Server.Tokens;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Identity;

/// <summary>Notes when tokens were last used, written every few seconds instead of on every request.</summary>
internal sealed class TokenUse(IDbContextFactory<AssayDb> contexts, TimeProvider clock, ILogger<TokenUse> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<long, DateTime> seen = new();

    public void Seen(long tokenId) => seen[tokenId] = clock.UtcNow();

    /// <summary>When this process last saw the token, as far as that is not written yet.</summary>
    public DateTime? Unwritten(long tokenId) => seen.TryGetValue(tokenId, out var when) ? when : null;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) await WriteAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            await WriteAsync(CancellationToken.None);
        }
    }

    private async Task WriteAsync(CancellationToken cancel)
    {
        try
        {
            foreach (var (id, when) in seen)
            {
                await using var db = await contexts.CreateDbContextAsync(cancel);
                await db.Set<UserToken>().Where(t => t.Id == id).ExecuteUpdateAsync(set => set.SetProperty(t => t.LastUsed, when), cancel);
                seen.TryRemove(KeyValuePair.Create(id, when)); // stays where it was seen again meanwhile
            }
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            // A missed "last used" is harmless; a crash of the host for it is not.
            log.LogWarning(problem, "Could not note the use of tokens");
        }
    }
}
