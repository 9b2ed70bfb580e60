using System.ComponentModel;

namespace Assay.Server.Scans.Reads;

/// <summary>A container scan with what it came to partition by partition and check by check.</summary>
internal sealed record ContainerScanDetail : ContainerScanView
{
    public ContainerScanDetail(ContainerScanView scan, IReadOnlyList<PartitionScanView> partitions, IReadOnlyList<CheckResultView> results) : base(scan) =>
        (PartitionScans, CheckResults) = (partitions, results);

    [Description("The partitions with records among those read, by name; none for containers whose partitions cannot be told.")]
    public IReadOnlyList<PartitionScanView> PartitionScans { get; }
    [Description("What was found out about each check.")]
    public IReadOnlyList<CheckResultView> CheckResults { get; }
}

/// <summary>What a scan came to on one partition.</summary>
/// <param name="AnomalyCount">Record anomalies found in it then; shape anomalies are about the container.</param>
internal sealed record PartitionScanView(long Id, DateTime Created, ScannedPartition Partition, long RecordsProcessed, long AnomalyCount, string Result, string? Message);

/// <summary>A partition as a scan saw it.</summary>
/// <param name="Id">Null once it is gone.</param>
internal sealed record ScannedPartition(long? Id, string Name, string? Location);
