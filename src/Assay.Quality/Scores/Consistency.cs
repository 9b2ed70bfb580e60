namespace Assay.Quality.Scores;

/// <summary>
/// How alike a field's profiles are from one to the next: 0 where the type flips, otherwise the mean over the figures that the contract names
/// (numbers: median and spread; text: distinct values, lengths, entropy; times: earliest and distinct values).
/// </summary>
public static class Consistency
{
    /// <summary>A figure that moves by no more than this share has not moved.</summary>
    public const double Tolerance = 0.1;

    /// <summary>The mean over each profile and the one before; null for fewer than two.</summary>
    /// <param name="profiles">In the order in which they were made.</param>
    public static double? Of(IReadOnlyList<FieldFigures> profiles)
    {
        var steps = profiles.Zip(profiles.Skip(1), Step).ToList();
        return steps.Count == 0 ? null : steps.Average();
    }

    private static double Step(FieldFigures before, FieldFigures after)
    {
        if (before.Type != after.Type) return 0;
        var moves = Pairs(before, after).Where(p => p.Before is not null && p.After is not null).Select(p => Alike(p.Before!.Value, p.After!.Value, p.Scale)).ToList();
        return moves.Count == 0 ? 100 : moves.Average();
    }

    private static IEnumerable<(double? Before, double? After, double? Scale)> Pairs(FieldFigures before, FieldFigures after) => before.Type switch
    {
        "Integral" or "Fractional" => [(before.Median, after.Median, Spread(before)), (Spread(before), Spread(after), null)],
        "String" => [(before.Distinct, after.Distinct, null), (before.MinLength, after.MinLength, null), (before.MaxLength, after.MaxLength, null), (before.Entropy, after.Entropy, null)],
        "Date" or "Timestamp" => [(before.Earliest, after.Earliest, null), (before.Distinct, after.Distinct, null)],
        _ => [],
    };

    private static double? Spread(FieldFigures of) => of.Q3 - of.Q1;

    /// <summary>100 for a move within the tolerance, falling evenly to 0 for one as large as the figure itself.</summary>
    /// <param name="scale">What the move is measured by where that is larger than the figure: a median near 0 moves little if the spread is wide.</param>
    private static double Alike(double before, double after, double? scale)
    {
        var by = Math.Max(Math.Max(Math.Abs(before), Math.Abs(after)), scale ?? 0);
        if (by == 0) return 100;
        var move = Math.Abs(after - before) / by;
        return 100 * Math.Clamp(1 - (move - Tolerance) / (1 - Tolerance), 0, 1);
    }
}
