using Assay.Server.Anomalies;
using Assay.Server.Checks;
using Assay.Server.Containers;
using Assay.Server.Datastores;
using Assay.Server.Identity;
using Assay.Server.Profiles;
using Assay.Server.Scans;
using Assay.Server.Store;
using Assay.Server.Tags;
using Assay.Server.Web.Requests;
using Assay.Server.Web.Responses;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Observability;

/// <summary>Reads what is known of the volume and freshness of containers: a fixed number of statements for a page.</summary>
internal sealed class ObservabilityReads(AssayDb db, TimeProvider clock)
{
    private static readonly string[] rules = ["volumetric", "freshness"];

    public async Task<PageOf<ObservabilityView>> PageAsync(ObservabilityQuery query, Caller caller, CancellationToken cancel)
    {
        var page = await Sorted(Filtered(query, caller), query, caller).ToPageAsync(query, cancel);
        return page.With(await ShowAsync(page.Items, query, caller, cancel));
    }

    private IQueryable<Container> Filtered(ObservabilityQuery query, Caller caller)
    {
        var visible = db.DatastoresVisibleTo(caller);
        var rows = db.Set<Container>().AsNoTracking().Where(c => c.DeletedAt == null && (c.VolumetricTrackingEnabled || c.FreshnessTrackingEnabled) && visible.Any(d => d.Id == c.DatastoreId));
        if (query.Datastore is { } datastores) rows = rows.Where(c => datastores.Contains(c.DatastoreId));
        if (query.Container is { } wanted)
        {
            var ids = wanted.Where(w => w.Id is not null).Select(w => w.Id!.Value).ToArray();
            var names = wanted.Where(w => w.Name is not null).Select(w => w.Name!).ToArray();
            rows = rows.Where(c => ids.Contains(c.Id) || names.Contains(c.Name));
        }
        if (query.Name is { } name) rows = rows.Where(c => c.Name == name);
        if (query.Search?.ToLowerInvariant() is { } key) rows = rows.Where(c => c.NameKey.Contains(key) || c.Id.ToString().Contains(key));
        if (query.Tag is { } tags)
            rows = rows.Where(c => db.Set<Tag>().Any(t => tags.Contains(t.Name) && (db.Set<ContainerTag>().Any(x => x.TagId == t.Id && x.ContainerId == c.Id)
                || db.Set<DatastoreTag>().Any(x => x.TagId == t.Id && x.DatastoreId == c.DatastoreId))));
        return rows;
    }

    private IQueryable<Container> Sorted(IQueryable<Container> rows, ObservabilityQuery query, Caller caller)
    {
        rows = rows.By(query.SortFavorite, c => db.Set<ContainerFavorite>().Any(f => f.ContainerId == c.Id && f.UserId == caller.Id))
            .By(query.SortObservabilityActiveAnomalies, c => db.Set<Anomaly>().Count(a => a.ContainerId == c.Id && a.ArchivedAt == null
                && db.Set<FailedCheck>().Any(f => f.AnomalyId == a.Id && db.Set<QualityCheck>().Any(q => q.Id == f.CheckId && rules.Contains(q.RuleType)))))
            .By(query.SortObservabilityActiveChecks, c => db.Set<QualityCheck>().Count(q => q.ContainerId == c.Id && q.Status == CheckStatus.Active && q.DeletedAt == null && rules.Contains(q.RuleType)));
        if (query.SortLastScanned is not null)
            rows = rows.By("asc", c => db.Set<ContainerScan>().Any(s => s.ContainerId == c.Id && s.Result == "success") ? 0 : 1)
                .By(query.SortLastScanned, c => db.Set<ContainerScan>().Where(s => s.ContainerId == c.Id && s.Result == "success").Max(s => s.EndTime));
        rows = rows.By(query.SortContainerType, c => c.ContainerType).By(query.SortName, c => c.Name).By(query.SortCreated, c => c.Created);
        return rows.By(query.SortId ?? "asc", c => c.Id);
    }

    private async Task<List<ObservabilityView>> ShowAsync(IReadOnlyList<Container> rows, ObservabilityQuery query, Caller caller, CancellationToken cancel)
    {
        var (ids, stores) = (rows.Select(c => c.Id).ToArray(), rows.Select(c => c.DatastoreId).Distinct().ToArray());
        var datastores = await db.Set<Datastore>().Where(d => stores.Contains(d.Id)).Select(DatastoreStub.From).ToDictionaryAsync(d => d.Id, cancel);
        var favorites = await db.Set<ContainerFavorite>().Where(f => f.UserId == caller.Id && ids.Contains(f.ContainerId)).Select(f => f.ContainerId).ToListAsync(cancel);
        var checks = db.Set<QualityCheck>().Where(q => q.ContainerId != null && ids.Contains(q.ContainerId.Value) && rules.Contains(q.RuleType));
        var active = await checks.Where(q => q.Status == CheckStatus.Active && q.DeletedAt == null).GroupBy(q => q.ContainerId!.Value)
            .Select(g => new { g.Key, Count = g.LongCount() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancel);
        var open = await db.Set<Anomaly>().Where(a => ids.Contains(a.ContainerId) && a.ArchivedAt == null && db.Set<FailedCheck>().Any(f => f.AnomalyId == a.Id && checks.Any(q => q.Id == f.CheckId)))
            .GroupBy(a => a.ContainerId).Select(g => new { g.Key, Count = g.LongCount() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancel);
        var scanned = await db.LastScansAsync(ids, cancel);
        var (first, last) = ReportPeriod.Of(query.ReportDate, query.Timeframe, query.Offset, clock.UtcNow());
        var measured = (await db.Set<Measurement>().AsNoTracking().Where(m => ids.Contains(m.ContainerId) && m.Day >= first && m.Day <= last).OrderBy(m => m.Day).ToListAsync(cancel)).ToLookup(m => m.ContainerId);
        return [.. rows.Select(c => new ObservabilityView
        {
            Id = c.Id,
            Created = c.Created,
            Name = c.Name,
            ContainerType = c.ContainerType,
            Datastore = datastores[c.DatastoreId],
            Favorite = favorites.Contains(c.Id),
            VolumetricTrackingEnabled = c.VolumetricTrackingEnabled,
            FreshnessTrackingEnabled = c.FreshnessTrackingEnabled,
            LastScanned = scanned.GetValueOrDefault(c.Id),
            ObservabilityActiveChecks = active.GetValueOrDefault(c.Id),
            ObservabilityActiveAnomalies = open.GetValueOrDefault(c.Id),
            LatestObservabilityMeasurement = measured[c.Id].LastOrDefault() is { } m ? new MeasurementView(m.Id, m.Created, m.MeasurementTime, m.LastModificationTime, m.RowCount, m.SizeBytes) : null,
            DailyMeasurements = [.. measured[c.Id].Select(x => new DailyMeasurement(DayRange.Day(x.Day), x.RowCount, x.LastModificationTime))],
        })];
    }
}
