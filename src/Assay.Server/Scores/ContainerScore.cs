using Assay.Quality.Scores;

namespace Assay.Server.Scores;

/// <summary>What a container's and its fields' scores came to.</summary>
internal sealed record ContainerScore(long ContainerId, double? Total, DimensionScores Dimensions, IReadOnlyList<FieldResult> Fields);

internal sealed record FieldResult(long FieldId, double? Total, DimensionScores Dimensions);

/// <summary>What is known of a container before its scores are made.</summary>
/// <param name="Scans">Scans that count, and the most records that one of them looked at.</param>
internal sealed record ContainerFacts(long Id, long? Records, long Scans, long Scanned, DimensionWeights Weights);

/// <param name="Modifiers">The sum of its own tags' weight modifiers.</param>
internal sealed record FieldFacts(long Id, long ContainerId, string Name, long Modifiers, double? Completeness);

/// <summary>Open anomalies of one dimension on a field, or on the container where the check names no field.</summary>
internal sealed record AnomalyFacts(long ContainerId, string? Field, Dimension Dimension, long Records, long Uncounted, long Anomalies);
