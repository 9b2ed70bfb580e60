using Assay.Server.Web.Requests;

namespace Assay.Server.Scans.Metrics;

/// <summary>What was scanned in a number of days.</summary>
internal sealed record ScanMetricsView(long TotalPartitionsScanned, long TotalRecordsScanned, long TotalAnomaliesCaught, ScanRanges RangeMetrics, IReadOnlyList<ScanDay> DailyMetrics)
{
    public static ScanMetricsView Of(IReadOnlyList<ScanDay> days) => new(
        days.Sum(d => d.PartitionsScanned), days.Sum(d => d.RecordsScanned), days.Sum(d => d.AnomaliesCaught),
        new ScanRanges(FigureRange.Of(days.Select(d => d.PartitionsScanned)), FigureRange.Of(days.Select(d => d.RecordsScanned)), FigureRange.Of(days.Select(d => d.AnomaliesCaught))), days);
}

/// <summary>The least and the most of a day.</summary>
internal sealed record ScanRanges(FigureRange PartitionsScanned, FigureRange RecordsScanned, FigureRange AnomaliesCaught);

/// <summary>A day with scans.</summary>
/// <param name="PartitionsScanned">Partitions; a container whose partitions cannot be told counts as one.</param>
/// <param name="AnomaliesCaught">Anomalies found then, duplicates among them.</param>
internal sealed record ScanDay(DateOnly Date, long PartitionsScanned, long RecordsScanned, long AnomaliesCaught);
