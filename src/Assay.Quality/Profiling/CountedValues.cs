namespace Assay.Quality.Profiling;

/// <summary>Columns whose values are counted, and the figures that follow.</summary>
internal class CountedValues(IEnumerable<CountedColumn> counted)
{
    private readonly Dictionary<Column, CountedColumn> columns = counted.ToDictionary(c => c.Column);

    /// <inheritdoc cref="CountedColumn.KnowsMain"/>
    public bool Knows(Column column) => columns.TryGetValue(column, out var found) && found.KnowsMain;

    /// <summary>Counts, bounds, sums and lengths, of the columns of which they are known.</summary>
    public void Sum()
    {
        foreach (var (column, found) in columns)
        {
            column.IsCounted = true;
            if (found.KnowsMain) found.Sum();
        }
    }

    /// <summary>How often each value occurs, where there is one.</summary>
    public void Group(ProfileOptions options)
    {
        foreach (var (column, found) in columns)
            if (found.Group(options.HistogramValues) is { Count: > 0 } groups) column.Histogram = groups;
    }

    /// <summary>Moments around the mean that is known, quantiles, and parts of equal width.</summary>
    public void Measure(Column column)
    {
        var numbers = columns[column].Numbers;
        if (numbers.Values.Length == 0) return;
        if (column.Mean is { } mean) column.Moments = Moments.Sums(numbers, mean);
        column.Quantiles = Quantiles.Of(numbers);
        column.Buckets = Buckets.Of(column, numbers);
    }
}
