namespace Assay.Quality.Scanning;

/// <summary>What a scan of one container found.</summary>
/// <param name="Records">Rows that were read.</param>
/// <param name="Checks">One result for each check, in the order of the request.</param>
/// <param name="Anomalies">The anomalies, records first.</param>
public sealed record ScanOutcome(long Records, IReadOnlyList<CheckOutcome> Checks, IReadOnlyList<AnomalyFinding> Anomalies)
{
    /// <summary>Whether the container's schema is not the expected one, with which nothing else was asserted.</summary>
    public bool SchemaFailed { get; init; }

    /// <summary>The greatest value of the incremental field among the rows, as text; null where there is none.</summary>
    public string? IncrementalMaximum { get; init; }

    /// <summary>The rows of each partition that has any; empty where partitions are not known.</summary>
    public IReadOnlyList<PartitionRecords> Partitions { get; init; } = [];
}
