using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Assay.Engine;

namespace Assay.Quality.Profiling;

/// <summary>
/// The values of a small table, fetched by one statement and computed on here: of few rows the engine takes far longer to understand the
/// statements on groups, quantiles and moments than to run them.
/// </summary>
internal sealed class FetchedValues
{
    /// <summary>A wider table's statement would be as slow to understand.</summary>
    private const int MostColumns = 100;
    private const long MostBytes = 16 << 20;
    /// <summary>What a number, a time or a flag is counted with: as text, and once more as a number.</summary>
    private const int OfShortValue = 48;

    private readonly List<Column> columns;
    private readonly Dictionary<string, long>[] counts;
    private readonly List<double>[] reals;

    private FetchedValues(List<Column> columns) =>
        (this.columns, counts, reals) = (columns, [.. columns.Select(_ => new Dictionary<string, long>(StringComparer.Ordinal))], [.. columns.Select(_ => new List<double>())]);

    /// <returns>Null where there are too many of them, or the engine cannot write one of the columns.</returns>
    public static async Task<FetchedValues?> FetchAsync(IEngine engine, Stage stage, IEnumerable<Column> all, CancellationToken cancel)
    {
        // Texts that are shown cut are the engine's to cut.
        var columns = all.Where(c => c.IsGrouped && c.Values > 0 && c.Message is null && c.Relation == stage.Relation && c.MaxBytes <= Groups.ShownCharacters).ToList();
        if (columns.Count is 0 or > MostColumns || stage.Rows * columns.Sum(c => c.IsText ? c.MaxBytes + 2 : OfShortValue) > MostBytes) return null;
        var fetched = new FetchedValues(columns);
        try
        {
            await using var stream = await engine.DownloadAsync(stage.Query($"SELECT {string.Join(", ", columns.SelectMany(Written))} FROM {stage.Relation}").WithSetting("max_threads", 1), "RowBinary", cancel);
            using var rows = new MemoryStream();
            await stream.CopyToAsync(rows, cancel);
            fetched.Take(rows.GetBuffer().AsSpan(0, (int)rows.Length));
            return fetched;
        }
        catch (EngineException problem) when (problem.Fault is not (EngineFault.EngineDied or EngineFault.EngineUnavailable) && !cancel.IsCancellationRequested)
        {
            // One of the columns is to blame: tried in statements of its own it costs no other.
            return null;
        }
    }

    public bool Has(Column column) => columns.Contains(column);

    /// <summary>A column's numbers row by row, NaN where there is none.</summary>
    public double[] Numbers(Column column) => [.. reals[columns.IndexOf(column)]];

    /// <summary>How often each value occurs; more of them than are shown are left as bytes.</summary>
    public void Group(ProfileOptions options)
    {
        foreach (var (column, found) in columns.Zip(counts))
            column.Histogram = [.. found.Select(v => (found.Count > options.HistogramValues ? v.Key : Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(v.Key)), v.Value))];
    }

    /// <summary>Moments around the mean that is known, quantiles, and parts of equal width.</summary>
    public void Measure(Column column)
    {
        var values = Numbers(column).Where(double.IsFinite).ToArray();
        if (values.Length == 0) return;
        if (column.Mean is { } mean) column.Moments = Moments.Sums(values, mean);
        Array.Sort(values);
        column.Quantiles = Quantiles.Of(values);
        column.Buckets = Buckets.Of(column, values);
    }

    private static IEnumerable<string> Written(Column c) =>
        c.IsNumber ? [$"toNullable(toString({c.Value}))", $"ifNull({c.Real}, nan)"] : [$"toNullable(toString({c.Value}))"];

    private void Take(ReadOnlySpan<byte> rows)
    {
        var text = new char[Groups.ShownCharacters];
        while (rows.Length > 0)
            for (var i = 0; i < columns.Count; i++)
            {
                if (rows[0] == 0) Count(counts[i], Text(ref rows), ref text);
                else rows = rows[1..];
                if (!columns[i].IsNumber) continue;
                reals[i].Add(BinaryPrimitives.ReadDoubleLittleEndian(rows));
                rows = rows[sizeof(double)..];
            }
    }

    /// <summary>The bytes of a text that is not NULL: a zero, their number in groups of seven bits, and themselves.</summary>
    private static ReadOnlySpan<byte> Text(ref ReadOnlySpan<byte> rows)
    {
        var (length, at) = (0, 1);
        for (var shift = 0; ; shift += 7)
        {
            var part = rows[at++];
            length |= (part & 0x7f) << shift;
            if (part < 0x80) break;
        }
        var text = rows.Slice(at, length);
        rows = rows[(at + length)..];
        return text;
    }

    /// <summary>Byte by byte as characters, so that texts that are no UTF-8 stay apart too.</summary>
    private static void Count(Dictionary<string, long> counts, ReadOnlySpan<byte> value, ref char[] text)
    {
        if (value.Length > text.Length) text = new char[value.Length];
        var length = Encoding.Latin1.GetChars(value, text);
        CollectionsMarshal.GetValueRefOrAddDefault(counts.GetAlternateLookup<ReadOnlySpan<char>>(), text.AsSpan(0, length), out _)++;
    }
}
