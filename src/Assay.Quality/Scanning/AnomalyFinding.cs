using Assay.Quality.Rules;

namespace Assay.Quality.Scanning;

/// <summary>Something wrong that a scan found.</summary>
/// <param name="Id">A new id.</param>
/// <param name="Kind">About one row, or about many.</param>
/// <param name="FailedChecks">The checks that failed: several for one row, one for many.</param>
public sealed record AnomalyFinding(Guid Id, AnomalyKind Kind, IReadOnlyList<FailedCheck> FailedChecks)
{
    /// <summary>The first failed check's message.</summary>
    public string Message => FailedChecks[0].Message;

    /// <summary>Rows that are wrong; null where that cannot be counted.</summary>
    public long? AnomalousRecords { get; init; }

    /// <summary>Equal for anomalies that are the same one seen again; null where nothing tells.</summary>
    public long? Fingerprint { get; init; }

    /// <summary>The rows, or examples of them, as JSON objects of the container's fields.</summary>
    public IReadOnlyList<string> Records { get; init; } = [];

    /// <summary>The partition of a record; null where partitions are not known.</summary>
    public string? Partition { get; init; }
}

/// <summary>A check that failed.</summary>
/// <param name="CheckId">The check.</param>
/// <param name="Message">What is wrong, for people.</param>
/// <param name="Suggestion">A value that would keep the rule, where there is an obvious one.</param>
public sealed record FailedCheck(long CheckId, string Message, Suggestion? Suggestion = null);
