namespace Assay.Quality.Profiling;

/// <summary>
/// The values of one column, each with how often it occurs: nearly all figures of a column follow from that. They come row by row (a small
/// table), or grouped by the engine (a column of few distinct values).
/// </summary>
internal abstract class CountedColumn(Column column)
{
    /// <summary>Rows in which the source has a value.</summary>
    private long present;

    public Column Column => column;

    /// <summary>Rows that were counted.</summary>
    public long Rows { get; private set; }

    /// <summary>Whether <see cref="Sum"/> knows the column's counts, bounds, sums and lengths; of types whose bounds only the engine knows it does not.</summary>
    public abstract bool KnowsMain { get; }

    /// <summary>Whether one of the values is too long to be shown whole.</summary>
    public virtual bool IsLong => false;

    /// <summary>The value as a whole number, as text and as a floating point number, for the engine to write; null what is not needed.</summary>
    public abstract (string? Whole, string? Text, string? Real) Written { get; }

    /// <summary>The numbers but NaN and infinities; none where the values are no numbers.</summary>
    public abstract NumberCounts Numbers { get; }

    public static CountedColumn For(Column column) => CountedIntegers.Fits(column) ? new CountedIntegers(column) : new CountedTexts(column);

    /// <summary>Counts rows of one value.</summary>
    /// <param name="present">Whether the source has a value there.</param>
    /// <param name="value">The value as its kind; none where it is NULL.</param>
    public void Add(bool present, in WrittenValue value, long rows)
    {
        Rows += rows;
        if (present) this.present += rows;
        if (!value.IsNull) Count(value, rows);
    }

    /// <summary>Tells the column what <see cref="MainFigures"/> would.</summary>
    public virtual void Sum() => column.Values = present;

    /// <summary>Each value and how often it occurs. Where there are more of them than are shown, what they are called is left open.</summary>
    public abstract List<(string Value, long Count)> Group(int shown);

    protected abstract void Count(in WrittenValue value, long rows);
}

/// <summary>A value as the engine wrote it: of whole number, text and floating point number, what the column asked for.</summary>
internal readonly ref struct WrittenValue
{
    public bool IsNull { get; init; }
    public long Whole { get; init; }
    /// <summary>Bytes as they are in the engine, which need not be UTF-8.</summary>
    public ReadOnlySpan<byte> Text { get; init; }
    /// <summary>NaN where there is none.</summary>
    public double Real { get; init; }
}
