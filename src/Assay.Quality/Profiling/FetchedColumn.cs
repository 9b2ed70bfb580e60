namespace Assay.Quality.Profiling;

/// <summary>The values of one column of a small table, as they are read row by row from what the engine writes.</summary>
internal abstract class FetchedColumn(Column column)
{
    /// <summary>Rows in which the source has a value.</summary>
    private long present;

    public Column Column => column;

    /// <summary>Whether <see cref="Sum"/> knows the column's counts, bounds, sums and lengths.</summary>
    public abstract bool KnowsMain { get; }

    /// <summary>Whether one of the values is too long to be shown whole.</summary>
    public virtual bool IsLong => false;

    /// <summary>Numbers row by row, NaN where there is none; empty where the values are no numbers.</summary>
    public abstract IReadOnlyList<double> Numbers { get; }

    /// <summary>What is to be selected, in the order in which <see cref="Take(ref ReadOnlySpan{byte})"/> reads it.</summary>
    public IEnumerable<string> Written => KnowsMain && column.Value != column.Raw ? [$"isNotNull({column.Raw})", .. Values] : Values;

    protected abstract IEnumerable<string> Values { get; }

    public static FetchedColumn For(Column column) => FetchedIntegers.Fits(column) ? new FetchedIntegers(column) : new FetchedTexts(column);

    /// <summary>Reads one row's.</summary>
    public void Take(ref ReadOnlySpan<byte> rows)
    {
        if (KnowsMain && column.Value != column.Raw)
        {
            present += rows[0];
            rows = rows[1..];
            TakeValue(ref rows);
        }
        else if (TakeValue(ref rows)) present++;
    }

    /// <summary>Tells the column what <see cref="MainFigures"/> would.</summary>
    public virtual void Sum() => column.Values = present;

    /// <summary>Each value and how often it occurs. Where there are more of them than are shown, what they are called is left open.</summary>
    public abstract List<(string Value, long Count)> Group(int shown);

    /// <returns>Whether there is a value.</returns>
    protected abstract bool TakeValue(ref ReadOnlySpan<byte> rows);
}
