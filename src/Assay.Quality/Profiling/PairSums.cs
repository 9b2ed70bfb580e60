namespace Assay.Quality.Profiling;

/// <summary>Sums over the rows where both of two columns have a value: x explains y.</summary>
/// <param name="Xx">Σ(x - mean x)²; <paramref name="Xy"/> and <paramref name="Yy"/> alike.</param>
internal readonly record struct PairSums(int Count, double MeanX, double MeanY, double Xx, double Xy, double Yy)
{
    /// <summary>Two walks, the second around the means, so that large values lose no digits.</summary>
    public static PairSums Of(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var (count, sumX, sumY) = (0, 0.0, 0.0);
        for (var i = 0; i < x.Length; i++)
        {
            if (double.IsNaN(x[i]) || double.IsNaN(y[i])) continue;
            count++;
            sumX += x[i];
            sumY += y[i];
        }
        var (meanX, meanY) = (sumX / count, sumY / count);
        var (xx, xy, yy) = (0.0, 0.0, 0.0);
        for (var i = 0; i < x.Length; i++)
        {
            var (dx, dy) = (x[i] - meanX, y[i] - meanY);
            if (double.IsNaN(dx) || double.IsNaN(dy)) continue;
            xx += dx * dx;
            xy += dx * dy;
            yy += dy * dy;
        }
        return new(count, meanX, meanY, xx, xy, yy);
    }

    /// <summary>The same with x and y in each other's place.</summary>
    public PairSums Turned() => new(Count, MeanY, MeanX, Yy, Xy, Xx);

    /// <summary>Pearson's r = Σdx·dy / √(Σdx² · Σdy²); null where one of them does not vary.</summary>
    public double? Correlation
    {
        get
        {
            var r = Xy / (Math.Sqrt(Xx) * Math.Sqrt(Yy));
            return double.IsFinite(r) ? Math.Clamp(r, -1, 1) : null;
        }
    }

    /// <summary>Least squares of y on x: slope Σdx·dy / Σdx², error √((Σdy² - slope · Σdx·dy) / n).</summary>
    public (double Slope, double Intercept, double Error)? Regression
    {
        get
        {
            var slope = Xy / Xx;
            var intercept = MeanY - slope * MeanX;
            return double.IsFinite(slope) && double.IsFinite(intercept) ? (slope, intercept, Math.Sqrt(Math.Max(0, Yy - slope * Xy) / Count)) : null;
        }
    }
}
