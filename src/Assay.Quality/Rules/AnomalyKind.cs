namespace Assay.Quality.Rules;

/// <summary>What a failed check gives.</summary>
public enum AnomalyKind
{
    /// <summary>One anomaly for each row that fails, as long as they are few.</summary>
    Record,

    /// <summary>One anomaly about many rows, or about the container.</summary>
    Shape,
}
