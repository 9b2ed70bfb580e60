namespace Assay.Quality.Scanning;

/// <summary>Whether a check held.</summary>
public enum Assertion
{
    Passed,
    Failed,

    /// <summary>It could not be asserted; <see cref="CheckOutcome.Details"/> says why.</summary>
    Unasserted,
}

/// <summary>The result of one check.</summary>
/// <param name="CheckId">The check.</param>
/// <param name="Result">Whether it held.</param>
/// <param name="Asserted">Rows that its filter let through.</param>
/// <param name="Anomalous">Rows that failed; null where that cannot be counted.</param>
/// <param name="Measurement">The measured figure of rules that have one.</param>
/// <param name="Details">The message of a failure, or why the check was not asserted.</param>
public sealed record CheckOutcome(long CheckId, Assertion Result, long Asserted, long? Anomalous, decimal? Measurement, string? Details)
{
    /// <summary>The same by partition, of those with rows; null for rules that look at more than single rows, and where partitions are not known.</summary>
    public IReadOnlyList<PartitionAssertion>? Partitions { get; init; }
}
