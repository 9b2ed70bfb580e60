using System.Globalization;

namespace Assay.Quality.Profiling;

/// <summary>
/// Central moments, computed on the distances from a point near the mean. The engine's own skewPop and kurtPop sum powers of the values
/// themselves, which loses every digit where values are large and close together. Of many rows the point is the mean of a few of them,
/// so that the first statement on all of them gives the moments too; where that turns out to lie too far off, and of few rows, it is the
/// mean that the first statement gave.
/// </summary>
internal static class Moments
{
    /// <summary>A point that lies further from the mean, in deviations, costs more digits than there are to spare.</summary>
    private const double Near = 2;

    /// <summary>The point to take the moments around.</summary>
    public static Figure Pivot(Column c) => new($"avg({c.Real})", v => c.Pivot = Cells.Real(v));

    /// <summary>Takes over what is known after the first statement.</summary>
    public static void Prepare(Column c)
    {
        if (c.Usable > 0 && Cells.Real(c.Sum) is { } sum) c.Mean = sum / c.Usable;
    }

    /// <summary>Whether the first statement's moments, or the sums it gave, are not good enough.</summary>
    public static bool IsMissing(Column c) =>
        MayOverflow(c) || Of(c.Moments, c.Usable).StdDev is not { } deviation || Math.Abs(c.Moments![0] / c.Usable) > Near * deviation;

    public static IEnumerable<Figure> Of(Column c)
    {
        if (MayOverflow(c)) yield return new($"sum({Wide(c)})", v => Resum(c, v));
        // Where the sum overflowed even a double, there is no mean to measure from.
        foreach (var figure in Around(c, c.Mean is { } mean && !MayOverflow(c) ? mean : Middle(c))) yield return figure;
    }

    /// <summary>Sums of the distances' powers.</summary>
    public static IEnumerable<Figure> Around(Column c, double point)
    {
        var d = $"({c.Real} - {Cells.Literal(point)})";
        yield return new(
            $"[sum({d}), sum({d} * {d}), sum({d} * {d} * {d}), sum({d} * {d} * {d} * {d})]",
            v => c.Moments = v is object?[] sums ? [.. sums.Select(s => Cells.Real(s) ?? double.NaN)] : null);
    }

    /// <summary>The same of values at hand.</summary>
    public static double[] Sums(NumberCounts numbers, double point)
    {
        var sums = new double[4];
        for (var i = 0; i < numbers.Values.Length; i++)
        {
            var (d, count) = (numbers.Values[i] - point, numbers.Counts[i]);
            sums[0] += count * d;
            sums[1] += count * (d * d);
            sums[2] += count * (d * d * d);
            sums[3] += count * (d * d * d * d);
        }
        return sums;
    }

    /// <summary>Deviation, skewness and excess kurtosis from the power sums around a point near the mean.</summary>
    public static (double? StdDev, double? Skewness, double? Kurtosis) Of(double[]? sums, long n)
    {
        if (sums is not [var s1, var s2, var s3, var s4] || n == 0) return default;
        var (a, b, c, d) = (s1 / n, s2 / n, s3 / n, s4 / n);
        // Around the true mean, which lies a away from the point (Kendall and Stuart, The Advanced Theory of Statistics, 3.6).
        var m2 = Math.Max(0, b - a * a);
        var m3 = c - 3 * a * b + 2 * a * a * a;
        var m4 = d - 4 * a * c + 6 * a * a * b - 3 * a * a * a * a;
        if (!double.IsFinite(m2)) return default;
        if (m2 == 0) return (0, null, null);
        return (Math.Sqrt(m2), Finite(m3 / Math.Pow(m2, 1.5)), Finite(m4 / (m2 * m2) - 3));
    }

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;

    private static double Middle(Column c) => c.MinReal is { } low && c.MaxReal is { } high ? low / 2 + high / 2 : 0;

    /// <summary>Whether a sum of so many values as large as the largest may not fit the type that the engine sums in.</summary>
    private static bool MayOverflow(Column c)
    {
        if (c.IsFloat || c.MinReal is not { } low || c.MaxReal is not { } high) return false;
        var room = c.Kind == FieldKind.Fractional ? DecimalRoom(c.Bare)
            : c.Bare.EndsWith("128", StringComparison.Ordinal) ? 1.6e38 : c.Bare.EndsWith("256", StringComparison.Ordinal) ? 5e76 : 9.2e18;
        return Math.Max(Math.Abs(low), Math.Abs(high)) * c.Usable >= room;
    }

    /// <summary>The largest number of a decimal's sum: the engine sums in the widest type of the value's own size.</summary>
    private static double DecimalRoom(string bare)
    {
        var (precision, scale) = Decimal(bare);
        return Math.Pow(10, (precision <= 38 ? 38 : 76) - scale);
    }

    private static (int Precision, int Scale) Decimal(string bare)
    {
        var parts = bare[(bare.IndexOf('(') + 1)..^1].Split(',');
        return (int.Parse(parts[0], CultureInfo.InvariantCulture), int.Parse(parts[1], CultureInfo.InvariantCulture));
    }

    private static string Wide(Column c) => c.Kind == FieldKind.Integral ? $"toInt256({c.Value})" : $"toDecimal256({c.Value}, {Decimal(c.Bare).Scale})";

    private static void Resum(Column c, object? sum)
    {
        c.Sum = sum;
        c.Mean = Cells.Real(sum) is { } total ? total / c.Usable : null;
    }
}
