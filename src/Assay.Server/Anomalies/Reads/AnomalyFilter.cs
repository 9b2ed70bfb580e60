using Assay.Server.Checks;
using Assay.Server.Containers;
using Assay.Server.Fields;
using Assay.Server.Identity;
using Assay.Server.Scans;
using Assay.Server.Store;
using Assay.Server.Tags;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Anomalies.Reads;

/// <summary>The filters and orders of lists of anomalies.</summary>
internal static class AnomalyFilter
{
    public static IQueryable<Anomaly> Anomalies(this AssayDb db, AnomalyQuery query, Caller caller, DateTime now)
    {
        var rows = InContainers(db, query, caller);
        if (query.Status is { } statuses) rows = rows.Where(a => statuses.Contains(a.Status));
        var asksForArchived = query.Status?.Any(s => !AnomalyStatus.IsOpen(s)) == true;
        rows = query.Archived switch
        {
            "only" => rows.Where(a => a.ArchivedAt != null),
            "include" => rows,
            _ => asksForArchived ? rows : rows.Where(a => a.ArchivedAt == null),
        };
        if (query.Id is { } ids) rows = rows.Where(a => ids.Contains(a.Id));
        if (query.AnomalyType is { } type) rows = rows.Where(a => a.Type == type);
        if (query.ContainerScan is { } scans) rows = rows.Where(a => a.ContainerScanId != null && scans.Contains(a.ContainerScanId.Value));
        if (query.PartitionScan is { } parts)
            rows = rows.Where(a => db.Set<PartitionScan>().Any(p => parts.Contains(p.Id) && p.ContainerScanId == a.ContainerScanId && p.Name == a.Partition));
        if (query.Operation is { } operations) rows = rows.Where(a => a.OperationId != null && operations.Contains(a.OperationId.Value));
        if (query.Assignee is { } users) rows = rows.Where(a => db.Set<AnomalyAssignee>().Any(x => x.AnomalyId == a.Id && users.Contains(x.UserId)));
        if (query.SourceEnriched is { } enriched) rows = rows.Where(a => a.SourceEnriched == enriched);
        if (query.Tag is { } tags)
            rows = rows.Where(a => db.Set<AnomalyTag>().Any(x => x.AnomalyId == a.Id && db.Set<Tag>().Any(t => t.Id == x.TagId && tags.Contains(t.Name))));
        return ByDay(ByCheck(db, rows, query), query, now);
    }

    public static IQueryable<Anomaly> Sorted(this IQueryable<Anomaly> rows, AnomalyQuery query)
    {
        if (query.SortAnomalousRecordsCount is not null)
            rows = rows.OrderBy(a => a.AnomalousRecordsCount == null).By(query.SortAnomalousRecordsCount, a => a.AnomalousRecordsCount);
        var asked = query.SortAnomalousRecordsCount ?? query.SortWeight ?? query.SortCreated;
        rows = rows.By(query.SortWeight, a => a.Weight).By(query.SortCreated ?? (asked is null ? "desc" : null), a => a.Created);
        if (asked is null) rows = rows.By("desc", a => a.Weight);
        return rows.By(query.SortCreated ?? "desc", a => a.Id);
    }

    private static IQueryable<Anomaly> InContainers(AssayDb db, AnomalyQuery query, Caller caller)
    {
        var visible = db.DatastoresVisibleTo(caller);
        var containers = db.Set<Container>().Where(c => c.DeletedAt == null && visible.Any(d => d.Id == c.DatastoreId));
        if (query.Datastore is { } datastores) containers = containers.Where(c => datastores.Contains(c.DatastoreId));
        if (query.Container is { } wanted)
        {
            var ids = wanted.Where(w => w.Id is not null).Select(w => w.Id!.Value).ToArray();
            var names = wanted.Where(w => w.Name is not null).Select(w => w.Name!).ToArray();
            containers = containers.Where(c => ids.Contains(c.Id) || names.Contains(c.Name));
        }
        return db.Set<Anomaly>().AsNoTracking().Where(a => containers.Any(c => c.Id == a.ContainerId));
    }

    private static IQueryable<Anomaly> ByCheck(AssayDb db, IQueryable<Anomaly> rows, AnomalyQuery query)
    {
        if (query.QualityCheck is { } checks) rows = rows.Where(a => db.Set<FailedCheck>().Any(f => f.AnomalyId == a.Id && checks.Contains(f.CheckId)));
        if (query.RuleType is { } rules)
            rows = rows.Where(a => db.Set<FailedCheck>().Any(f => f.AnomalyId == a.Id && db.Set<QualityCheck>().Any(c => c.Id == f.CheckId && rules.Contains(c.RuleType))));
        if (query.Field is { } fields)
        {
            var ids = fields.Where(w => w.Id is not null).Select(w => w.Id!.Value).ToArray();
            var names = fields.Where(w => w.Name is not null).Select(w => w.Name!).ToArray();
            rows = rows.Where(a => db.Set<FailedCheck>().Any(f => f.AnomalyId == a.Id && db.Set<CheckField>().Any(x => x.CheckId == f.CheckId
                && (names.Contains(x.Name) || db.Set<Field>().Any(d => ids.Contains(d.Id) && d.ContainerId == a.ContainerId && d.Name == x.Name)))));
        }
        return rows;
    }

    private static IQueryable<Anomaly> ByDay(IQueryable<Anomaly> rows, AnomalyQuery query, DateTime now)
    {
        static DateTime Begin(DateOnly day) => day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);
        foreach (var day in new[] { query.CreatedDate, query.StartDate })
        {
            if (day is null) continue;
            var from = Begin(day.Value);
            rows = rows.Where(a => a.Created >= from);
        }
        foreach (var day in new[] { query.CreatedDate, query.EndDate })
        {
            if (day is null || day == DateOnly.MaxValue) continue;
            var until = Begin(day.Value.AddDays(1));
            rows = rows.Where(a => a.Created < until);
        }
        if (query.Timeframe is { } days)
        {
            var since = now.AddDays(-days);
            rows = rows.Where(a => a.Created >= since);
        }
        return rows;
    }
}
