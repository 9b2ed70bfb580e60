using System.Globalization;

namespace Assay.Quality.Profiling;

/// <summary>Quantiles of numbers, exact over the rows they are computed on.</summary>
internal static class Quantiles
{
    public static readonly double[] Levels = [0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99];

    private static readonly string List = string.Join(", ", Levels.Select(l => l.ToString(CultureInfo.InvariantCulture)));

    /// <summary>The engine keeps every value of the sample.</summary>
    public static long StateBytes(long rows) => rows * sizeof(double) * 2;

    public static IEnumerable<Figure> Of(Column c)
    {
        yield return new($"quantilesExactInclusive({List})({c.Real})", v => c.Quantiles = Cells.Reals(v));
    }

    /// <summary>As the engine's quantilesExactInclusive: between two neighbours in proportion.</summary>
    public static double[] Of(NumberCounts numbers)
    {
        var last = numbers.Counts.Sum() - 1;
        var (at, seen) = (0, numbers.Counts[0]);
        return [.. Levels.Select(level =>
        {
            var place = level * last;
            var low = (long)place;
            while (seen <= low) seen += numbers.Counts[++at];
            // The next in order is the same number, unless this was the last of them.
            var next = low + 1 < seen || at + 1 == numbers.Values.Length ? numbers.Values[at] : numbers.Values[at + 1];
            return numbers.Values[at] + (place - low) * (next - numbers.Values[at]);
        })];
    }

    public static double? At(Column c, double level) => c.Quantiles?[Array.IndexOf(Levels, level)];
}
