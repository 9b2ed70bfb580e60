namespace Assay.Quality.Profiling;

/// <summary>Different finite numbers in ascending order, and how often each occurs.</summary>
internal sealed class NumberCounts
{
    private NumberCounts(double[] values, long[] counts) => (Values, Counts) = (values, counts);

    public static NumberCounts None { get; } = new([], []);

    public double[] Values { get; }
    public long[] Counts { get; }

    /// <param name="values">In any order; both arrays are taken over.</param>
    public static NumberCounts Of(double[] values, long[] counts)
    {
        Array.Sort(values, counts);
        return new(values, counts);
    }
}
