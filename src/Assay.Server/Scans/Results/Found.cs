namespace Assay.Server.Scans.Results;

/// <summary>What a scan found in one container, before it is stored.</summary>
/// <param name="Records">Records looked at.</param>
/// <param name="Whole">Whether it was all of the container's records: only then does what is not found any more count as resolved.</param>
/// <param name="Incremental">Whether only what was new was looked at.</param>
/// <param name="Checkpoint">Up to where it looked; null where the next incremental scan cannot go on from there.</param>
/// <param name="Problem">Why the container counts as failed although it was looked at; null where it does not.</param>
internal sealed record ScannedContainer(
    long Records, bool Whole, bool Incremental, FoundCheckpoint? Checkpoint, IReadOnlyList<FoundAnomaly> Anomalies, IReadOnlyList<FoundResult> Results, string? Problem)
{
    /// <summary>The partitions with rows among those looked at; none where they cannot be told.</summary>
    public IReadOnlyList<FoundPartition> Partitions { get; init; } = [];
}

internal sealed record FoundPartition(string Name, long Records);

/// <param name="Type"><c>record</c> or <c>shape</c>.</param>
/// <param name="Count">Records concerned; null where they cannot be counted.</param>
/// <param name="Records">JSON objects by field name.</param>
internal sealed record FoundAnomaly(string Type, IReadOnlyList<FoundFailure> Failures, long? Count, long? Fingerprint, string? Partition, IReadOnlyList<FoundRecord> Records);

internal sealed record FoundRecord(string Json, string? Context);

internal sealed record FoundFailure(long CheckId, string Message, string? SuggestedField, string? SuggestedValue, double? SuggestedScore);

/// <param name="Result"><c>passed</c>, <c>failed</c> or <c>unasserted</c>.</param>
internal sealed record FoundResult(long CheckId, string Result, string? Details, long? Asserted, long? Anomalous, string? Measurement)
{
    /// <summary>The same by partition; null where it is known of the container alone.</summary>
    public IReadOnlyList<FoundAssertion>? Partitions { get; init; }

    public const string Passed = "passed";
    public const string Failed = "failed";
    public const string Unasserted = "unasserted";
}

/// <param name="Details">Why it failed there.</param>
internal sealed record FoundAssertion(string Partition, long Asserted, long Anomalous, string? Details);

/// <param name="Field">The incremental field; empty for files.</param>
internal sealed record FoundCheckpoint(string Field, string Value);
