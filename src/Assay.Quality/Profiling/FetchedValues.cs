using System.Buffers;
using Assay.Engine;

namespace Assay.Quality.Profiling;

/// <summary>
/// The values of a small table, fetched by one statement and computed on here: of few rows the engine takes far longer to understand
/// statements on counts, bounds, groups, quantiles and moments than to run them.
/// </summary>
internal sealed class FetchedValues
{
    /// <summary>A wider table's statement would be as slow to understand.</summary>
    private const int MostColumns = 100;
    private const int MostBytes = 16 << 20;

    private readonly Dictionary<Column, FetchedColumn> columns;

    private FetchedValues(IEnumerable<FetchedColumn> columns) => this.columns = columns.ToDictionary(c => c.Column);

    /// <returns>Null where there are too many of them, or the engine cannot write one of the columns.</returns>
    public static async Task<FetchedValues?> FetchAsync(IEngine engine, Stage stage, IEnumerable<Column> all, CancellationToken cancel)
    {
        var columns = all.Where(c => c.IsGrouped && c.Message is null && c.Relation == stage.Relation).Select(FetchedColumn.For).ToList();
        if (columns.Count is 0 or > MostColumns) return null;
        var bytes = ArrayPool<byte>.Shared.Rent(MostBytes);
        try
        {
            await using var stream = await engine.DownloadAsync(stage.Query($"SELECT {string.Join(", ", columns.SelectMany(c => c.Written))} FROM {stage.Relation}").WithSetting("max_threads", 1), "RowBinary", cancel);
            var read = await stream.ReadAtLeastAsync(bytes, MostBytes, throwOnEndOfStream: false, cancel);
            if (read >= MostBytes) return null;
            Take(columns, bytes.AsSpan(0, read));
            // Texts that are shown cut are the engine's to cut.
            return new FetchedValues(columns.Where(c => !c.IsLong));
        }
        catch (EngineException problem) when (problem.Fault is not (EngineFault.EngineDied or EngineFault.EngineUnavailable) && !cancel.IsCancellationRequested)
        {
            // One of the columns is to blame: tried in statements of its own it costs no other.
            return null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    public bool Has(Column column) => columns.ContainsKey(column);

    /// <summary>Whether a column's counts, bounds, sums and lengths are known from its values; those of types whose bounds only the engine knows are not.</summary>
    public bool Knows(Column column) => columns.TryGetValue(column, out var fetched) && fetched.KnowsMain;

    /// <summary>A column's numbers row by row, NaN where there is none.</summary>
    public double[] Numbers(Column column) => [.. columns[column].Numbers];

    /// <summary>Counts, bounds, sums and lengths, of the columns of which they are known.</summary>
    public void Sum()
    {
        foreach (var column in columns.Values.Where(c => c.KnowsMain)) column.Sum();
    }

    /// <summary>How often each value occurs.</summary>
    public void Group(ProfileOptions options)
    {
        foreach (var (column, fetched) in columns.Where(c => c.Key.Values > 0))
            column.Histogram = fetched.Group(options.HistogramValues);
    }

    /// <summary>Moments around the mean that is known, quantiles, and parts of equal width.</summary>
    public void Measure(Column column)
    {
        var values = columns[column].Numbers.Where(double.IsFinite).ToArray();
        if (values.Length == 0) return;
        if (column.Mean is { } mean) column.Moments = Moments.Sums(values, mean);
        Array.Sort(values);
        column.Quantiles = Quantiles.Of(values);
        column.Buckets = Buckets.Of(column, values);
    }

    private static void Take(List<FetchedColumn> columns, ReadOnlySpan<byte> rows)
    {
        while (rows.Length > 0)
            foreach (var column in columns) column.Take(ref rows);
    }
}
