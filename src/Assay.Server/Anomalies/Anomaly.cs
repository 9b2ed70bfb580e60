using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Assay.Server.Anomalies;

/// <summary>What a scan found: one record that fails checks, or a shape that many records have together.</summary>
internal sealed class Anomaly
{
    public const string Record = "record";
    public const string Shape = "shape";

    public long Id { get; init; }
    public required string Uuid { get; init; }
    public long ContainerId { get; init; }
    /// <summary>The operation and its part on this container that found it; null once that record is deleted.</summary>
    public long? OperationId { get; init; }
    public long? ContainerScanId { get; init; }
    /// <summary><c>record</c> or <c>shape</c>.</summary>
    public required string Type { get; init; }
    /// <summary>The failed checks' messages, one after another.</summary>
    public required string Message { get; init; }
    /// <summary>One of <see cref="AnomalyStatus"/>.</summary>
    public required string Status { get; set; }
    /// <summary>Kept besides the status, which lists of open ones need not look at.</summary>
    public DateTime? ArchivedAt { get; set; }
    public string? Description { get; set; }
    /// <summary>The partition where it was found; null for the container as a whole.</summary>
    public string? Partition { get; init; }
    /// <summary>Records concerned; null where they cannot be counted.</summary>
    public long? AnomalousRecordsCount { get; init; }
    /// <summary>Equal for equal findings of later scans; null where there is none.</summary>
    public long? Fingerprint { get; init; }
    /// <summary>The sum of its checks' weights when it was found.</summary>
    public long Weight { get; init; }
    /// <summary>Whether its evidence was written to an enrichment store.</summary>
    public bool SourceEnriched { get; set; }
    public DateTime Created { get; init; }
    public DateTime Updated { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<Anomaly>
    {
        public void Configure(EntityTypeBuilder<Anomaly> builder) => builder.ToTable("anomalies").HasKey(a => a.Id);
    }
}

/// <summary>A check that an anomaly fails, and how.</summary>
internal sealed class FailedCheck
{
    public long AnomalyId { get; init; }
    public long CheckId { get; init; }
    public required string Message { get; init; }
    /// <summary>A value that would pass, where there is an obvious one.</summary>
    public string? SuggestedField { get; init; }
    public string? SuggestedValue { get; init; }
    public double? SuggestedScore { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<FailedCheck>
    {
        public void Configure(EntityTypeBuilder<FailedCheck> builder) => builder.ToTable("failed_checks").HasKey(f => new { f.AnomalyId, f.CheckId });
    }
}

/// <summary>A record of the source that shows an anomaly, as the scan saw it.</summary>
internal sealed class SourceRecord
{
    public long AnomalyId { get; init; }
    /// <summary>From 0.</summary>
    public long Position { get; init; }
    public long ContainerId { get; init; }
    /// <summary>What the record has to do with the anomaly, where that is not plain.</summary>
    public string? Context { get; init; }
    /// <summary>A JSON object by field name.</summary>
    public required string Record { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<SourceRecord>
    {
        public void Configure(EntityTypeBuilder<SourceRecord> builder) => builder.ToTable("anomaly_source_records").HasKey(r => new { r.AnomalyId, r.Position });
    }
}
