using System.Text.Json;
using Assay.Server.Identity;
using Assay.Server.Store;
using Assay.Server.Tokens;
using Assay.Server.Web;
using Assay.Server.Web.Requests;
using Assay.Server.Web.Responses;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Onboarding;

/// <summary>
/// Remembers bulk creations by their idempotency key. The run is stored with the ground it stands on, and each datastore with the place
/// it fills, so that whoever sends the request again, at any time, finds what is there and makes only the rest.
/// </summary>
internal sealed class BulkRuns(AssayDb db, TokenKey hashing, TimeProvider clock)
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    /// <returns>The run of this key, or none; a 422 where the key stands for another request.</returns>
    public async Task<Outcome<Found>> FindAsync(IdempotencyKey key, Caller caller, CancellationToken cancel)
    {
        if (key.Value is null) return new Found(null);
        var run = await db.Set<BulkRun>().AsNoTracking().FirstOrDefaultAsync(r => r.UserId == caller.Id && r.Key == key.Value, cancel);
        return run is null || run.Digest == hashing.Hash(key.Request)
            ? new Found(run)
            : Failure.Invalid(IdempotencyKey.Problem("The key was used for another request", "idempotency_key_reused"));
    }

    /// <summary>Begins a run in the caller's transaction; null where there is no key. Forgets the runs of old.</summary>
    public async Task<BulkRun?> BeginAsync(IdempotencyKey key, BulkGround ground, Caller caller, CancellationToken cancel)
    {
        if (key.Value is null) return null;
        var now = clock.UtcNow();
        await db.Set<BulkRun>().Where(r => r.Created < now - Kept).ExecuteDeleteAsync(cancel);
        var run = new BulkRun { UserId = caller.Id, Key = key.Value, Digest = hashing.Hash(key.Request), Ground = JsonSerializer.Serialize(ground, Json.Options), Created = now };
        db.Add(run);
        await db.SaveChangesAsync(cancel);
        return run;
    }

    /// <summary>The datastores made so far, by place.</summary>
    public async Task<Dictionary<long, long>> MadeAsync(BulkRun? run, IReadOnlyList<long> positions, CancellationToken cancel) => run is null ? [] :
        await db.Set<BulkRunItem>().AsNoTracking().Where(i => i.RunId == run.Id && EF.Parameter(positions).Contains(i.Position))
            .ToDictionaryAsync(i => i.Position, i => i.DatastoreId, cancel);

    /// <summary>Ends a run with its answer; where another request ended it meanwhile, its answer counts.</summary>
    public async Task<BulkResult> EndAsync(BulkRun? run, BulkResult result, CancellationToken cancel)
    {
        if (run is null) return result;
        var answer = JsonSerializer.Serialize(result, Json.Options);
        if (await db.Set<BulkRun>().Where(r => r.Id == run.Id && r.Answer == null).ExecuteUpdateAsync(set => set.SetProperty(r => r.Answer, answer), cancel) == 1) return result;
        return await db.Set<BulkRun>().Where(r => r.Id == run.Id).Select(r => r.Answer).FirstOrDefaultAsync(cancel) is { } other ? AnswerOf(other) : result;
    }

    public static BulkGround GroundOf(BulkRun run) => JsonSerializer.Deserialize<BulkGround>(run.Ground, Json.Options)!;

    public static BulkResult AnswerOf(string answer) => JsonSerializer.Deserialize<BulkResult>(answer, Json.Options)!;

    internal sealed record Found(BulkRun? Run);
}
