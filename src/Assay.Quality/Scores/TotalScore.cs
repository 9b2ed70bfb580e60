namespace Assay.Quality.Scores;

/// <summary>
/// One score out of eight: from a baseline of 70, times a factor per dimension in proportion to its weight. The contract does not publish the
/// factor; this one is (score / 70) to the power of the dimension's share of all weights, so that a thing at 70 everywhere stays at 70, one
/// dimension alone is the score itself, and one without weight changes nothing.
/// </summary>
public static class TotalScore
{
    /// <summary>Where every score starts.</summary>
    public const double Baseline = 70;

    /// <summary>A factor is no smaller than this unless its dimension is the only one that counts: one bad dimension halves a score at worst.</summary>
    public const double SmallestFactor = 0.5;

    /// <returns>0 to 100; null where no dimension with a weight has a score.</returns>
    public static double? Of(DimensionScores scores, DimensionWeights weights)
    {
        var known = Enum.GetValues<Dimension>().Where(d => scores[d] is not null && weights[d] > 0).ToList();
        if (known.Count == 0) return null;
        if (known.Count == 1) return scores[known[0]];
        var all = known.Sum(d => weights[d]);
        var total = known.Aggregate(Baseline, (score, d) => score * Math.Max(SmallestFactor, Math.Pow(scores[d]!.Value / Baseline, weights[d] / all)));
        return Math.Clamp(total, 0, 100);
    }
}
