using System.ComponentModel.DataAnnotations.Schema;
using Assay.Server.Identity;
using Assay.Server.Store;
using Assay.Server.Web.Requests;
using Assay.Server.Web.Responses;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Scans.Metrics;

/// <summary>Adds up container scans by day, in the store.</summary>
internal sealed class ScanMetrics(AssayDb db, TimeProvider clock)
{
    public async Task<Outcome<ScanMetricsView>> ReadAsync(ScanMetricsQuery query, Caller caller, CancellationToken cancel)
    {
        if (!query.Bounds(clock.UtcNow()).Try(out var days, out var failure)) return failure;
        // A container whose partitions cannot be told counts as one.
        var scans = db.Database.SqlQuery<OneScan>($"""
            SELECT s.created / {Microseconds.PerDay} AS day, c.datastore_id, s.container_id, s.records_processed AS records, s.anomaly_count AS anomalies,
                   (SELECT COUNT(*) FROM partition_scans p WHERE p.container_scan_id = s.id) AS partitions
            FROM container_scans s JOIN containers c ON c.id = s.container_id AND c.deleted_at IS NULL
            WHERE s.created >= {days.From} AND s.created < {days.Until}
            """);
        var visible = db.DatastoresVisibleTo(caller);
        scans = scans.Where(s => visible.Any(d => d.Id == s.DatastoreId));
        if (query.Datastore is { } datastores) scans = scans.Where(s => datastores.Contains(s.DatastoreId));
        if (query.Container is { } containers) scans = scans.Where(s => containers.Contains(s.ContainerId));
        var found = await scans.GroupBy(s => s.Day).Select(g => new
        {
            g.Key,
            Partitions = g.Sum(s => s.Partitions > 0 ? s.Partitions : 1),
            Records = g.Sum(s => s.Records),
            Anomalies = g.Sum(s => s.Anomalies),
        }).OrderBy(g => g.Key).ToListAsync(cancel);
        return ScanMetricsView.Of([.. found.Select(g => new ScanDay(DayRange.Day(g.Key), g.Partitions, g.Records, g.Anomalies))]);
    }

    private sealed class OneScan
    {
        [Column("day")]
        public long Day { get; init; }
        [Column("datastore_id")]
        public long DatastoreId { get; init; }
        [Column("container_id")]
        public long ContainerId { get; init; }
        [Column("records")]
        public long Records { get; init; }
        [Column("anomalies")]
        public long Anomalies { get; init; }
        [Column("partitions")]
        public long Partitions { get; init; }
    }
}
