namespace Assay.Quality.Scanning;

/// <summary>What a check on single rows came to in one partition.</summary>
/// <param name="Name">The partition's name.</param>
/// <param name="Asserted">Rows of it that the check's filter let through.</param>
/// <param name="Anomalous">Those of them that failed.</param>
/// <param name="Details">Where the check failed, and not without rows of this partition: the message about them.</param>
public sealed record PartitionAssertion(string Name, long Asserted, long Anomalous, string? Details);
