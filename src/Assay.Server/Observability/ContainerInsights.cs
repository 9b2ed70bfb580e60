using System.ComponentModel.DataAnnotations.Schema;
using Assay.Server.Profiles;
using Assay.Server.Store;
using Assay.Server.Web.Requests;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Observability;

/// <summary>Adds up by day what was measured, profiled and found of a container, in the store.</summary>
internal sealed class ContainerInsights(AssayDb db, TimeProvider clock)
{
    public async Task<ContainerInsightsView> ReadAsync(long container, ContainerInsightsQuery query, CancellationToken cancel)
    {
        var now = clock.UtcNow();
        var period = ReportPeriod.Of(query.ReportDate, query.Timeframe, query.Offset, now);
        var (from, until) = (period.First * Microseconds.PerDay, (period.Last + 1) * Microseconds.PerDay);
        var measured = await db.Set<Measurement>().AsNoTracking().Where(m => m.ContainerId == container && m.Day >= period.First && m.Day <= period.Last).OrderBy(m => m.Day).ToListAsync(cancel);
        var profiled = await db.Database.SqlQuery<OneDay>($"""
            SELECT created / {Microseconds.PerDay} AS day, CAST(SUM(records_processed) AS BIGINT) AS records, CAST(SUM(field_profiles_count) AS BIGINT) AS found FROM container_profiles
            WHERE container_id = {container} AND created >= {from} AND created < {until} AND result = 'success' AND parent_profile_id IS NULL GROUP BY 1
            """).OrderBy(d => d.Day).ToListAsync(cancel);
        var scanned = await db.Database.SqlQuery<OneDay>($"""
            SELECT created / {Microseconds.PerDay} AS day, CAST(SUM(records_processed) AS BIGINT) AS records, CAST(SUM(anomaly_count) AS BIGINT) AS found FROM container_scans
            WHERE container_id = {container} AND created >= {from} AND created < {until} GROUP BY 1
            """).OrderBy(d => d.Day).ToListAsync(cancel);
        return new()
        {
            GeneratedAt = now,
            StartDate = period.FirstDate,
            EndDate = period.LastDate,
            Timeframe = query.Timeframe,
            DailyRecordsMeasured = [.. measured.Where(m => m.RowCount is not null).Select(m => new DailyCount(DayRange.Day(m.Day), m.RowCount!.Value))],
            DailySizeMeasured = [.. measured.Where(m => m.SizeBytes is not null).Select(m => new DailyCount(DayRange.Day(m.Day), m.SizeBytes!.Value))],
            DailyRecordsProfiled = [.. profiled.Select(d => new DailyCount(DayRange.Day(d.Day), d.Records))],
            DailyFieldsProfiled = [.. profiled.Select(d => new DailyCount(DayRange.Day(d.Day), d.Found))],
            DailyAnomaliesIdentified = [.. scanned.Where(d => d.Found > 0).Select(d => new DailyCount(DayRange.Day(d.Day), d.Found))],
        };
    }

    private sealed class OneDay
    {
        [Column("day")]
        public long Day { get; init; }
        [Column("records")]
        public long Records { get; init; }
        [Column("found")]
        public long Found { get; init; }
    }
}
