namespace Assay.Quality.Profiling;

/// <summary>How many different values a column may hold, as far as a sample of it tells.</summary>
/// <param name="Values">Values in the sample.</param>
/// <param name="Different">Different values among them.</param>
internal readonly record struct DistinctGuess(long Values, long Different)
{
    private const int Halvings = 50;

    /// <summary>
    /// Different values among so many, were each as frequent as any other: the D for which a sample of n values holds
    /// D · (1 - e^(-n/D)) different ones.
    /// </summary>
    public double Even(long values)
    {
        if (Different >= Values) return values;
        var (low, high) = ((double)Different, (double)Math.Max(Different, values));
        for (var i = 0; i < Halvings; i++)
            if ((low + high) / 2 is var middle && middle * (1 - Math.Exp(-Values / middle)) < Different) low = middle;
            else high = (low + high) / 2;
        return high;
    }

    /// <summary>Different values among so many, were those that the sample does not hold as different as those that it holds.</summary>
    public double Most(long values) => Values == 0 ? values : (double)values * Different / Values;
}
