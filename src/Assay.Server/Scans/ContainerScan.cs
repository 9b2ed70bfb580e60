using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Assay.Server.Scans;

/// <summary>What one scan came to on one container. Committed together with its anomalies and results, or not at all.</summary>
internal sealed class ContainerScan
{
    public long Id { get; init; }
    /// <summary>Null once the operation's record is deleted.</summary>
    public long? OperationId { get; init; }
    public long ContainerId { get; init; }
    public DateTime Created { get; init; }
    public DateTime? StartTime { get; init; }
    public DateTime? EndTime { get; init; }
    /// <summary><c>success</c> or <c>failure</c>.</summary>
    public required string Result { get; init; }
    public string? Message { get; init; }
    /// <summary>Whether only what was new was looked at.</summary>
    public bool Incremental { get; init; }
    /// <summary>Whether it was all of the container's records.</summary>
    public bool Whole { get; init; }
    public long RecordsProcessed { get; init; }
    public long AnomalyCount { get; init; }
    public long ChecksAsserted { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<ContainerScan>
    {
        public void Configure(EntityTypeBuilder<ContainerScan> builder) => builder.ToTable("container_scans").HasKey(s => s.Id);
    }
}

/// <summary>What a scan found out about one check on one container.</summary>
internal sealed class CheckResult
{
    public long ContainerScanId { get; init; }
    public long CheckId { get; init; }
    public DateTime Created { get; init; }
    /// <summary><c>passed</c>, <c>failed</c> or <c>unasserted</c>.</summary>
    public required string AssertionResult { get; init; }
    /// <summary>Why it failed or was not asserted; null for passed ones.</summary>
    public string? AssertionDetails { get; init; }
    public long? AssertedRecords { get; init; }
    public long? AnomalousRecords { get; init; }
    /// <summary>The measured figure as text, without losing a digit; null where the rule measures nothing.</summary>
    public string? Measurement { get; init; }
    /// <summary>Whether it is known of every partition of the scan, too: see <see cref="PartitionResult"/>.</summary>
    public bool ByPartition { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<CheckResult>
    {
        public void Configure(EntityTypeBuilder<CheckResult> builder) => builder.ToTable("check_results").HasKey(r => new { r.ContainerScanId, r.CheckId });
    }
}

/// <summary>Up to where the records of a container have been scanned: the next incremental scan goes on after it.</summary>
internal sealed class ScanCheckpoint
{
    public long ContainerId { get; init; }
    /// <summary>The incremental field; empty for files, which go by their time of change.</summary>
    public required string Field { get; set; }
    /// <summary>A number or a time in ISO 8601, as text.</summary>
    public required string Value { get; set; }
    public DateTime Updated { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<ScanCheckpoint>
    {
        public void Configure(EntityTypeBuilder<ScanCheckpoint> builder) => builder.ToTable("scan_checkpoints").HasKey(c => c.ContainerId);
    }
}
