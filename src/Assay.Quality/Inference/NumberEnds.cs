namespace Assay.Quality.Inference;

/// <summary>
/// The smallest and the largest numbers of all rows, and the negative ones. A tail that goes on is a tail; errors lie beyond the far fence
/// and apart from everything else.
/// </summary>
internal sealed record NumberEnds(IReadOnlyList<double> Smallest, IReadOnlyList<double> Largest, long Negative, double? TypicalNegative, double? LeastOther)
{
    public const int Count = 5;

    /// <summary>How much wider than from the middle to the end of the bulk the gap is, where exceptions may be guessed and where they have to be sure.</summary>
    private const double GuessedGap = 0.5, SureGap = 10;

    /// <param name="number">The value.</param>
    /// <param name="most">How many values of each end are looked at.</param>
    public static IEnumerable<string> Figures(string number, int most) =>
    [
        $"groupArraySortedIf({most})({number}, isFinite({number}))", $"groupArraySortedIf({most})(-({number}), isFinite({number}))",
        $"countIf({number} < 0)", $"quantileExactIf(0.5)(-({number}), {number} < 0)", $"minIf({number}, {number} >= 0)",
    ];

    public static NumberEnds Of(IReadOnlyList<object?> values, int at) => new(
        List(values[at]), [.. List(values[at + 1]).Select(v => -v)], Convert.ToInt64(values[at + 2], null), Spread.Real(values[at + 3]), Spread.Real(values[at + 4]));

    /// <param name="sorted">All numbers, the smallest first.</param>
    /// <param name="most">How many values of each end are looked at.</param>
    public static NumberEnds Of(double[] sorted, int most)
    {
        var finite = sorted.Where(double.IsFinite).ToList();
        var negative = sorted.TakeWhile(n => n < 0).ToList();
        return new([.. finite.Take(most)], [.. Enumerable.Reverse(finite).Take(most)], negative.Count, negative.Count == 0 ? null : Spread.Real(-negative[^(1 + negative.Count / 2)]),
            Spread.Real(sorted.SkipWhile(n => n < 0).Select(n => (double?)n).FirstOrDefault()));
    }

    /// <param name="spread">How the training rows spread.</param>
    /// <param name="most">The most exceptions on each side.</param>
    /// <param name="guess">Whether less certain exceptions count.</param>
    public NumberRange Range(Spread spread, int most, bool guess)
    {
        var gap = guess ? GuessedGap : SureGap;
        var below = Outside(Smallest, most, spread.Median, v => v < spread.LowFence, gap);
        var above = Outside(Largest, most, spread.Median, v => v > spread.HighFence, gap);
        // A sign that slipped in: few negative numbers, each as far from zero as the positive ones are, where a tail would begin at zero.
        var flipped = Negative > 0 && Negative <= most && spread.Q1 > 0 && TypicalNegative >= (guess ? 0.5 : 1) * spread.Q1;
        if (flipped) below = (int)Negative;
        var low = flipped ? LeastOther ?? 0 : Smallest.Count > below ? Smallest[below] : spread.Min;
        var high = Largest.Count > above ? Largest[above] : spread.Max;
        var whole = new NumberRange(Smallest.DefaultIfEmpty(spread.Min).First(), Largest.DefaultIfEmpty(spread.Max).First(), 0, 0);
        return below + above > most ? whole : new(low, high, below, above) { All = whole };
    }

    /// <summary>How many values lie outside, the end first: up to the innermost gap that is wide enough.</summary>
    private static int Outside(IReadOnlyList<double> end, int most, double median, Func<double, bool> isFar, double gap)
    {
        for (var i = Math.Min(most, end.Count - 1); i > 0; i--)
        {
            if (isFar(end[i - 1]) && Math.Abs(end[i - 1] - end[i]) >= gap * Math.Abs(end[i] - median)) return i;
        }

        return 0;
    }

    private static List<double> List(object? value) => [.. ((System.Collections.IEnumerable)value!).Cast<object>().Select(v => Convert.ToDouble(v, null))];
}

/// <summary>Where the bulk of the numbers lies.</summary>
/// <param name="Below">How many lie below it.</param>
/// <param name="Above">How many lie above it.</param>
internal sealed record NumberRange(double Low, double High, long Below, long Above)
{
    public long Outside => Below + Above;

    public NumberRange? All { private get; init; }

    /// <summary>The range of all numbers.</summary>
    public NumberRange Whole => All ?? this;

    public const string Why = "they lie far off, with nothing between them and the others";
}
