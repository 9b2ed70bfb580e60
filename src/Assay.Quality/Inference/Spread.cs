using System.Globalization;

namespace Assay.Quality.Inference;

/// <summary>How numbers spread: the ends of the training rows, their fiftieth part from below, and their quartiles, which a few errors do not move.</summary>
internal sealed record Spread(double Min, double Low, double Q1, double Median, double Q3, double Max)
{
    public const int Count = 6;

    private const double FarFence = 5, FarLogFence = 3;

    public double LowFence => Q3 > Q1 ? Q1 - FarFence * (Q3 - Q1) : Min;

    /// <summary>Numbers that are positive but for a few errors often spread by factors: both fences have to be passed.</summary>
    public double HighFence => Q3 <= Q1 ? Max : Math.Max(Q3 + FarFence * (Q3 - Q1), Low >= 0 && Q1 > 0 ? Q3 * Math.Pow(Q3 / Q1, FarLogFence) : 0);

    public static IEnumerable<string> Figures(string number) =>
        [$"minIf({number}, isFinite({number}))", .. new[] { "0.02", "0.25", "0.5", "0.75" }.Select(q => $"quantileIf({q})({number}, isFinite({number}))"), $"maxIf({number}, isFinite({number}))"];

    /// <returns>Null where there are no values.</returns>
    public static Spread? Of(IReadOnlyList<object?> values, int at)
    {
        var six = Enumerable.Range(at, Count).Select(i => Real(values[i])).ToList();
        return six.Any(v => v is null) ? null : new(six[0]!.Value, six[1]!.Value, six[2]!.Value, six[3]!.Value, six[4]!.Value, six[5]!.Value);
    }

    /// <param name="sorted">Finite numbers, the smallest first.</param>
    /// <returns>Null where there are none.</returns>
    public static Spread? Of(ReadOnlySpan<double> sorted) =>
        sorted.Length == 0 ? null : new(sorted[0], Quantile(sorted, 0.02), Quantile(sorted, 0.25), Quantile(sorted, 0.5), Quantile(sorted, 0.75), sorted[^1]);

    /// <summary>Interpolated between the nearest ranks.</summary>
    public static double Quantile(ReadOnlySpan<double> sorted, double share)
    {
        var rank = share * (sorted.Length - 1);
        var (below, part) = ((int)rank, rank - Math.Floor(rank));
        return below + 1 == sorted.Length ? sorted[below] : sorted[below] * (1 - part) + sorted[below + 1] * part;
    }

    public static double? Real(object? value) => value is null ? null : Convert.ToDouble(value, CultureInfo.InvariantCulture) is var real && double.IsFinite(real) ? real : null;
}
