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

    /// <summary>As the engine's quantilesExactInclusive of sorted values: between two neighbours in proportion.</summary>
    public static double[] Of(double[] sorted) => [.. Levels.Select(level =>
    {
        var place = level * (sorted.Length - 1);
        var low = (int)place;
        return low + 1 < sorted.Length ? sorted[low] + (place - low) * (sorted[low + 1] - sorted[low]) : sorted[^1];
    })];

    public static double? At(Column c, double level) => c.Quantiles?[Array.IndexOf(Levels, level)];
}
