using Assay.Server.Scans.Results;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Assay.Server.Scans;

/// <summary>What one scan came to on one partition of a container.</summary>
internal sealed class PartitionScan
{
    public long Id { get; init; }
    public long ContainerScanId { get; init; }
    /// <summary>The partition's name then: it may be gone now.</summary>
    public required string Name { get; init; }
    public DateTime Created { get; init; }
    public long RecordsProcessed { get; init; }
    /// <summary>Record anomalies in it. Shape anomalies are about the whole container.</summary>
    public long AnomalyCount { get; init; }
    public required string Result { get; init; }
    public string? Message { get; init; }

    public static IEnumerable<PartitionScan> Of(ContainerScan scan, ScannedContainer found)
    {
        var anomalies = found.Anomalies.CountBy(a => a.Partition ?? "").ToDictionary();
        return found.Partitions.Select(p => new PartitionScan
        {
            ContainerScanId = scan.Id,
            Name = p.Name,
            Created = scan.Created,
            RecordsProcessed = p.Records,
            AnomalyCount = anomalies.GetValueOrDefault(p.Name),
            Result = scan.Result,
            Message = scan.Message,
        });
    }

    internal sealed class Configuration : IEntityTypeConfiguration<PartitionScan>
    {
        public void Configure(EntityTypeBuilder<PartitionScan> builder) => builder.ToTable("partition_scans").HasKey(s => s.Id);
    }
}
