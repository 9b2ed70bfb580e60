using System.ComponentModel;
using Assay.Server.Datastores;
using Assay.Server.Profiles;

namespace Assay.Server.Observability;

/// <summary>How large and how fresh a container is, day by day, and what its checks on that say.</summary>
internal sealed record ObservabilityView
{
    public required long Id { get; init; }
    public required DateTime Created { get; init; }
    public required string Name { get; init; }
    public required string ContainerType { get; init; }
    public required DatastoreStub Datastore { get; init; }
    [Description("Whether the caller marked it as a favourite.")]
    public required bool Favorite { get; init; }
    public required bool VolumetricTrackingEnabled { get; init; }
    public required bool FreshnessTrackingEnabled { get; init; }
    [Description("When a scan of it last succeeded; null before.")]
    public required DateTime? LastScanned { get; init; }
    [Description("Active checks on volume and freshness.")]
    public required long ObservabilityActiveChecks { get; init; }
    [Description("Open anomalies of such checks.")]
    public required long ObservabilityActiveAnomalies { get; init; }
    public required MeasurementView? LatestObservabilityMeasurement { get; init; }
    [Description("The days of the timeframe with a measurement, oldest first.")]
    public required IReadOnlyList<DailyMeasurement> DailyMeasurements { get; init; }
}

/// <param name="RowCount">Rows; null where volume is not tracked.</param>
/// <param name="LastModificationTime">Null where freshness is not tracked.</param>
internal sealed record DailyMeasurement(DateOnly Date, long? RowCount, DateTime? LastModificationTime);
