using Assay.Quality.Inference;
using Assay.Server.Datastores;
using Assay.Server.Profiles;
using Assay.Server.Reading;
using Assay.Server.Store;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Checks.Inference;

/// <summary>
/// Keeps the checks on volume and freshness that a container's measurements speak for: made where either is tracked, renewed at every measurement,
/// whatever the effort of the profile. What people changed or archived stays.
/// </summary>
internal sealed class MeasuredChecks(IDbContextFactory<AssayDb> contexts, TimeProvider clock)
{
    private const int MostDays = 366;

    public async Task SaveAsync(StoredContainer stored, CancellationToken cancel)
    {
        if (!stored.Row.VolumetricTrackingEnabled && !stored.Row.FreshnessTrackingEnabled) return;
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var days = await db.Set<Measurement>().AsNoTracking().Where(m => m.ContainerId == stored.Row.Id).OrderByDescending(m => m.Day).Take(MostDays).ToListAsync(cancel);
        var wanted = MeasurementInference.Of([.. days.OrderBy(d => d.Day).Select(d => new DayMeasured(
            d.Day, stored.Row.VolumetricTrackingEnabled ? d.RowCount : null, stored.Row.FreshnessTrackingEnabled && d.LastModificationTime is { } last ? d.MeasurementTime - last : null))]);
        if (wanted.Count == 0) return;
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        if (await db.LockDatastoreAsync(stored.Datastore.Id, cancel) is null) return;
        var now = clock.UtcNow();
        var known = (await db.Set<QualityCheck>().Where(c => c.ContainerId == stored.Row.Id && (c.RuleType == "volumetric" || c.RuleType == "freshness")).ToListAsync(cancel)).ToLookup(c => c.Identity);
        var added = new List<NewCheck>();
        foreach (var check in wanted)
        {
            var properties = check.Check.Properties.ToString();
            var identity = CheckIdentity.Of(check.Check.Rule, [], null, null, properties);
            if (!known[identity].Any()) added.Add(InferredChecks.New(stored.Row.Id, check, properties, identity, CheckStatus.Active, now));
            else if (known[identity].FirstOrDefault(c => c.DeletedAt is null && c.Inferred) is { } live) InferredChecks.Update(live, check, properties, identity, now);
        }
        await InferredChecks.AddAsync(db, added, now, cancel);
        await db.SaveChangesAsync(cancel);
        if (added.Count > 0) await db.CountChecksAsync(stored.Datastore.Id, cancel);
        await transaction.CommitAsync(CancellationToken.None);
    }
}
