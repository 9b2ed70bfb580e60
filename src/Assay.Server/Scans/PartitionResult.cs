using Assay.Server.Scans.Results;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Assay.Server.Scans;

/// <summary>
/// What a scan found out about a check in one partition. Kept only where it differs from what is to be expected, all rows asserted and none of
/// them wrong: there are as many partitions times checks in a scan, and few of them say more.
/// </summary>
internal sealed class PartitionResult
{
    public long PartitionScanId { get; init; }
    public long CheckId { get; init; }
    public long AssertedRecords { get; init; }
    public long AnomalousRecords { get; init; }
    /// <summary>Why the check failed there; null where it did not.</summary>
    public string? AssertionDetails { get; init; }

    /// <param name="parts">The partitions of the scan, as they are stored. One that was gone again when the rest of the checks were counted is not among them.</param>
    public static IEnumerable<PartitionResult> Of(IReadOnlyDictionary<string, PartitionScan> parts, FoundResult found)
    {
        foreach (var partition in found.Partitions ?? [])
        {
            if (!parts.TryGetValue(partition.Partition, out var scan) || partition.Anomalous == 0 && partition.Asserted == scan.RecordsProcessed) continue;
            yield return new PartitionResult
            {
                PartitionScanId = scan.Id,
                CheckId = found.CheckId,
                AssertedRecords = partition.Asserted,
                AnomalousRecords = partition.Anomalous,
                AssertionDetails = partition.Details,
            };
        }
    }

    internal sealed class Configuration : IEntityTypeConfiguration<PartitionResult>
    {
        public void Configure(EntityTypeBuilder<PartitionResult> builder) => builder.ToTable("partition_results").HasKey(r => new { r.PartitionScanId, r.CheckId });
    }
}
