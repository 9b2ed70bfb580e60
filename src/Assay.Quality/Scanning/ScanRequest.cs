namespace Assay.Quality.Scanning;

/// <summary>What a scan of one container is to assert.</summary>
public sealed record ScanRequest
{
    /// <summary>The rows: all of them, the increment, or one partition.</summary>
    public required Relation Rows { get; init; }

    /// <summary>The active checks.</summary>
    public required IReadOnlyList<ScanCheck> Checks { get; init; }

    /// <summary>What is known besides the rows.</summary>
    public ContainerMeasurements Measurements { get; init; } = ContainerMeasurements.None;

    /// <summary>A check with more failing rows than this gives one anomaly that carries their number; with fewer or as many, one for each.</summary>
    public int RollupThreshold { get; init; } = 10;

    /// <summary>How many rows are kept of an anomaly about many.</summary>
    public long SourceRecordLimit { get; init; } = 10;

    /// <summary>Texts that take the place of <c>{{ name }}</c> in expressions.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();

    /// <summary>The scan's time: what <c>now()</c> and <c>notFuture</c> go by.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>The field that tells new rows from old; the fingerprints of shape anomalies need it.</summary>
    public string? IncrementalField { get; init; }

    /// <summary>
    /// Takes the records of anomalies about many rows as they come, in place of <see cref="AnomalyFinding.Records"/>: the anomaly's id and the
    /// record as JSON. Null collects them, which needs memory for <see cref="SourceRecordLimit"/> records of each.
    /// </summary>
    public Func<Guid, string, CancellationToken, ValueTask>? OnRecord { get; init; }
}
