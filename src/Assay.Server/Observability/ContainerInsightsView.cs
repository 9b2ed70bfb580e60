using System.ComponentModel;

namespace Assay.Server.Observability;

/// <summary>What happened to a container day by day. Days without are left out, oldest first.</summary>
internal sealed record ContainerInsightsView
{
    public required DateTime GeneratedAt { get; init; }
    public required DateOnly StartDate { get; init; }
    public required DateOnly EndDate { get; init; }
    [Description("As asked for.")]
    public required string Timeframe { get; init; }
    [Description("Rows at the day's last measurement.")]
    public required IReadOnlyList<DailyCount> DailyRecordsMeasured { get; init; }
    [Description("Bytes of its files at the day's last measurement; none for tables.")]
    public required IReadOnlyList<DailyCount> DailySizeMeasured { get; init; }
    [Description("Records that the day's profiles read.")]
    public required IReadOnlyList<DailyCount> DailyRecordsProfiled { get; init; }
    [Description("Fields that the day's profiles are of.")]
    public required IReadOnlyList<DailyCount> DailyFieldsProfiled { get; init; }
    [Description("Anomalies that the day's scans found, duplicates and those deleted since among them.")]
    public required IReadOnlyList<DailyCount> DailyAnomaliesIdentified { get; init; }
}

/// <summary>A figure of a day (UTC).</summary>
internal sealed record DailyCount(DateOnly Date, long Count);
