namespace Assay.Quality.Scanning;

/// <summary>How many rows were read of a partition.</summary>
/// <param name="Name">The partition's name.</param>
/// <param name="Records">Its rows, one at least.</param>
public sealed record PartitionRecords(string Name, long Records);
