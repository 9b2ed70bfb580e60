namespace Assay.Quality.Scores;

/// <summary>The eight dimensions of the quality score, in the order in which <see cref="DimensionScores"/> and <see cref="DimensionWeights"/> hold them.</summary>
public enum Dimension
{
    Completeness,
    Coverage,
    Conformity,
    Consistency,
    Precision,
    Timeliness,
    Volumetrics,
    Accuracy,
}

/// <summary>A score from 0 to 100 in each dimension; null where a dimension says nothing of the thing.</summary>
public sealed class DimensionScores(Func<Dimension, double?> of)
{
    private readonly double?[] values = [.. Enum.GetValues<Dimension>().Select(of)];

    /// <summary>The score in a dimension.</summary>
    public double? this[Dimension dimension] => values[(int)dimension];
}

/// <summary>How much each dimension counts, from 0 (not at all) to 2.</summary>
public sealed class DimensionWeights(Func<Dimension, double?> of)
{
    /// <summary>What a dimension counts where nobody says otherwise.</summary>
    public const double Default = 1.0;

    private readonly double[] values = [.. Enum.GetValues<Dimension>().Select(d => of(d) ?? Default)];

    /// <summary>All dimensions alike.</summary>
    public static DimensionWeights Equal { get; } = new(_ => null);

    /// <summary>The weight of a dimension.</summary>
    public double this[Dimension dimension] => values[(int)dimension];
}
