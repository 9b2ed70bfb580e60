namespace Assay.Bench.Load;

/// <param name="PerSecond">Requests answered per second.</param>
/// <param name="Median">Milliseconds.</param>
/// <param name="P99">Milliseconds.</param>
internal sealed record Measured(double PerSecond, double Median, double P99)
{
    public override string ToString() => $"{PerSecond,8:0} req/s   p50 {Median,6:0.00} ms   p99 {P99,7:0.00} ms";
}
