using Assay.Server.Scans.Reads;

namespace Assay.Server.Operations.Scan;

/// <summary>A scan: what was asked for, and what became of each container.</summary>
internal sealed record ScanOperationView : OperationView
{
    private ScanOperationView(OperationView common) : base(common)
    {
    }

    /// <summary>The partitions that were asked for; none for all.</summary>
    public required IReadOnlyList<string> PartitionNames { get; init; }
    /// <summary>Whether only what came after the last scan was looked at.</summary>
    public required bool Incremental { get; init; }
    public required DateTime? GreaterThanTime { get; init; }
    public required double? GreaterThanBatch { get; init; }
    /// <summary>Records read of each partition at most; -1 for all.</summary>
    public required long MaxRecordsAnalyzedPerPartition { get; init; }
    public required IReadOnlyList<string> CheckCategories { get; init; }
    public required IReadOnlyDictionary<string, string> CheckVariables { get; init; }
    /// <summary>Record anomalies per check before they become one.</summary>
    public required long HighCountRollupThreshold { get; init; }
    /// <summary>Records kept per anomaly.</summary>
    public required long EnrichmentSourceRecordLimit { get; init; }
    public required bool ArchiveDuplicateAnomalies { get; init; }
    public required bool ArchiveOverlappingAnomalies { get; init; }
    public required bool ReactivateRecurringAnomalies { get; init; }
    public required bool AutoResolvePassedAnomalies { get; init; }
    /// <summary>Always none: the datastore decides.</summary>
    public string Remediation => "none";
    /// <summary>The containers that are done with.</summary>
    public required IReadOnlyList<ContainerScanView> ContainerScans { get; init; }

    public static ScanOperationView Of(OperationView common, ScanSettings settings, Datastores.Datastore datastore, OperationParts parts) =>
        new(common with { Tags = settings.ContainerTags, Containers = parts.Named(common.Datastore.Id, settings.ContainerNames) })
        {
            PartitionNames = settings.PartitionNames,
            Incremental = settings.Incremental,
            GreaterThanTime = settings.GreaterThanTime,
            GreaterThanBatch = settings.GreaterThanBatch,
            MaxRecordsAnalyzedPerPartition = settings.MaxRecordsAnalyzedPerPartition,
            CheckCategories = settings.CheckCategories,
            CheckVariables = settings.CheckVariables,
            HighCountRollupThreshold = settings.HighCountRollupThreshold ?? datastore.HighCountRollupThreshold,
            EnrichmentSourceRecordLimit = settings.EnrichmentSourceRecordLimit ?? datastore.EnrichmentSourceRecordLimit,
            ArchiveDuplicateAnomalies = settings.ArchiveDuplicateAnomalies,
            ArchiveOverlappingAnomalies = settings.ArchiveOverlappingAnomalies,
            ReactivateRecurringAnomalies = settings.ReactivateRecurringAnomalies,
            AutoResolvePassedAnomalies = settings.AutoResolvePassedAnomalies,
            ContainerScans = [.. parts.Scans[common.Id]],
        };
}

/// <summary>A scan of rows from outside.</summary>
internal sealed record ExternalScanView : OperationView
{
    private ExternalScanView(OperationView common) : base(common)
    {
    }

    public bool Incremental => false;
    public string Remediation => "none";
    /// <summary>What became of the rows.</summary>
    public required IReadOnlyList<ContainerScanView> ContainerScans { get; init; }

    public static ExternalScanView Of(OperationView common, OperationParts parts) => new(common) { ContainerScans = [.. parts.Scans[common.Id]] };
}
