using Assay.Server.Containers;
using Assay.Server.Datastores;
using Assay.Server.Store;
using Assay.Server.Web.Responses;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Scores;

/// <summary>Settings and history of the scores of datastores and containers. What was never configured shows the defaults.</summary>
internal sealed class ScoreDesk(AssayDb db)
{
    private const int MostDays = 10;

    public async Task<ScoreSettingsView> SettingsAsync(ScoreOwner owner, CancellationToken cancel) =>
        ScoreSettingsView.Of(await Rows(owner).AsNoTracking().FirstOrDefaultAsync(cancel) ?? new ScoreSettings());

    /// <summary>Changes settings and leaves a mark, so that the score is made anew.</summary>
    public async Task<Outcome<ScoreSettingsView>> ChangeAsync(ScoreOwner owner, ScoreSettingsRequest change, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        if (await db.LockDatastoreAsync(owner.DatastoreId, cancel) is null) return Failure.NotFound("Datastore", owner.DatastoreId);
        var settings = await Rows(owner).FirstOrDefaultAsync(cancel);
        if (settings is null) db.Add(settings = new ScoreSettings { ContainerId = owner.ContainerId, DatastoreId = owner.DatastoreId });
        change.ApplyTo(settings);
        await db.SaveChangesAsync(cancel);
        await db.Database.ExecuteSqlAsync($"INSERT INTO score_marks (datastore_id, container_id) VALUES ({owner.DatastoreId}, {owner.ContainerId})", cancel);
        await transaction.CommitAsync(cancel);
        return ScoreSettingsView.Of(settings);
    }

    /// <summary>The last days on which there was a score, newest first.</summary>
    public async Task<List<DailyScoreView>> HistoryAsync(ScoreOwner owner, CancellationToken cancel) =>
        [.. (await db.Set<DailyScore>().AsNoTracking().Where(s => s.ContainerId == owner.ContainerId && s.DatastoreId == owner.DatastoreId && s.Total != null)
            .OrderByDescending(s => s.Day).Take(MostDays).ToListAsync(cancel)).Select(DailyScoreView.Of)];

    /// <summary>Null where there is no such datastore.</summary>
    public async Task<ScoreOwner?> OfDatastoreAsync(long id, CancellationToken cancel) =>
        await db.Set<Datastore>().AnyAsync(d => d.Id == id && d.Deleted == null, cancel) ? new ScoreOwner(id) : null;

    /// <summary>Null where there is no such container.</summary>
    public async Task<ScoreOwner?> OfContainerAsync(long id, CancellationToken cancel) =>
        await db.Set<Container>().Where(c => c.Id == id && db.Set<Datastore>().Any(d => d.Id == c.DatastoreId && d.Deleted == null))
            .Select(c => (long?)c.DatastoreId).FirstOrDefaultAsync(cancel) is { } datastore ? new ScoreOwner(datastore, id) : null;

    private IQueryable<ScoreSettings> Rows(ScoreOwner owner) => db.Set<ScoreSettings>().Where(s => s.ContainerId == owner.ContainerId && s.DatastoreId == owner.DatastoreId);
}

/// <summary>What has a score: a datastore (container 0) or a container of it.</summary>
internal sealed record ScoreOwner(long DatastoreId, long ContainerId = 0);
