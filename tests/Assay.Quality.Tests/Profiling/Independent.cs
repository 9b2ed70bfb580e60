namespace Assay.Quality.Tests.Profiling;

/// <summary>Figures computed the plain way from all values, with nothing in common with the profiler.</summary>
internal static class Independent
{
    public static (double Mean, double StdDev, double Skewness, double Kurtosis) Moments(double[] values)
    {
        var n = values.Length;
        var mean = (double)(values.Sum(v => (decimal)v) / n);
        double Central(int k) => values.Sum(v => Math.Pow(v - mean, k)) / n;
        var m2 = Central(2);
        return (mean, Math.Sqrt(m2), Central(3) / Math.Pow(m2, 1.5), Central(4) / (m2 * m2) - 3);
    }

    public static double Quantile(double[] values, double level)
    {
        var sorted = values.Order().ToArray();
        var at = level * (sorted.Length - 1);
        var below = (int)Math.Floor(at);
        return below + 1 < sorted.Length ? sorted[below] + (at - below) * (sorted[below + 1] - sorted[below]) : sorted[below];
    }

    public static double Correlation(double[] x, double[] y)
    {
        var (mx, my) = (x.Average(), y.Average());
        return x.Zip(y).Sum(p => (p.First - mx) * (p.Second - my)) / Math.Sqrt(x.Sum(v => (v - mx) * (v - mx)) * y.Sum(v => (v - my) * (v - my)));
    }

    public static (double Slope, double Intercept, double Error) Line(double[] x, double[] y)
    {
        var (mx, my) = (x.Average(), y.Average());
        var slope = x.Zip(y).Sum(p => (p.First - mx) * (p.Second - my)) / x.Sum(v => (v - mx) * (v - mx));
        var intercept = my - slope * mx;
        return (slope, intercept, Math.Sqrt(x.Zip(y).Sum(p => Math.Pow(p.Second - intercept - slope * p.First, 2)) / x.Length));
    }
}
