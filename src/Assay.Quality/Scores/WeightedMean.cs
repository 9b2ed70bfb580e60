namespace Assay.Quality.Scores;

/// <summary>Means in which the tags of things say how much each counts.</summary>
public static class WeightedMean
{
    /// <summary>The mean of the values that are known; null where none is.</summary>
    public static double? Of(IEnumerable<(double? Value, double Weight)> items)
    {
        var (sum, weights) = (0.0, 0.0);
        foreach (var (value, weight) in items)
        {
            if (value is null) continue;
            sum += value.Value * weight;
            weights += weight;
        }
        return weights > 0 ? sum / weights : null;
    }

    /// <summary>
    /// Weights out of sums of tags' modifiers, which may be 0 or negative: where the smallest is below 1, all are raised alike until it is 1.
    /// </summary>
    public static IReadOnlyList<double> Weights(IReadOnlyList<long> modifiers)
    {
        if (modifiers.Count == 0) return [];
        var raise = Math.Max(0, 1 - modifiers.Min());
        return [.. modifiers.Select(m => (double)(m + raise))];
    }
}
