using System.Buffers;
using Assay.Engine;

namespace Assay.Quality.Profiling;

/// <summary>
/// The values of a small table, fetched and computed on here: of few rows the engine takes far longer to understand
/// statements on counts, bounds, groups, quantiles and moments than to run them.
/// </summary>
internal sealed class FetchedValues : CountedValues
{
    /// <summary>A statement on more columns would be as slow to understand.</summary>
    private const int MostColumns = 100;
    /// <summary>Of one statement, and of all of a table's.</summary>
    private const int MostBytes = 16 << 20, MostBytesInAll = 64 << 20;

    private readonly Dictionary<Column, FetchedColumn> fetched;

    private FetchedValues(List<FetchedColumn> columns) : base(columns.Select(c => c.Counted)) => fetched = columns.ToDictionary(c => c.Counted.Column);

    /// <returns>Those columns that are small enough and that the engine can write.</returns>
    public static async Task<FetchedValues> FetchAsync(IEngine engine, Stage stage, IEnumerable<Column> all, CancellationToken cancel)
    {
        var found = new List<FetchedColumn>();
        var bytes = ArrayPool<byte>.Shared.Rent(MostBytes);
        try
        {
            var left = MostBytesInAll;
            foreach (var some in all.Where(c => c.IsGrouped && c.Message is null && c.Relation == stage.Relation).Select(c => new FetchedColumn(CountedColumn.For(c))).Chunk(MostColumns))
            {
                if (await ReadAsync(engine, stage, some, bytes.AsMemory(0, Math.Min(MostBytes, left)), cancel) is not { } read) continue;
                left -= read;
                Take(some, bytes.AsSpan(0, read));
                // Texts that are shown cut are the engine's to cut.
                found.AddRange(some.Where(c => !c.Counted.IsLong));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
        return new FetchedValues(found);
    }

    /// <returns>How many bytes were read; null where there are too many, or the engine cannot write one of the columns.</returns>
    private static async Task<int?> ReadAsync(IEngine engine, Stage stage, IEnumerable<FetchedColumn> columns, Memory<byte> room, CancellationToken cancel)
    {
        try
        {
            await using var stream = await engine.DownloadAsync(stage.Query($"SELECT {string.Join(", ", columns.SelectMany(c => c.Written))} FROM {stage.Relation}").WithSetting("max_threads", 1), "RowBinary", cancel);
            var read = await stream.ReadAtLeastAsync(room, room.Length, throwOnEndOfStream: false, cancel);
            return read < room.Length ? read : null;
        }
        catch (EngineException problem) when (problem.Fault is not (EngineFault.EngineDied or EngineFault.EngineUnavailable) && !cancel.IsCancellationRequested)
        {
            // One of the columns is to blame: tried in statements of its own it costs no other.
            return null;
        }
    }

    public bool Has(Column column) => fetched.ContainsKey(column);

    /// <summary>A column's numbers row by row, NaN where there is none.</summary>
    public double[] Numbers(Column column) => [.. fetched[column].Numbers];

    private static void Take(FetchedColumn[] columns, ReadOnlySpan<byte> bytes)
    {
        var rows = new WrittenRows(bytes);
        while (!rows.IsEmpty)
            foreach (var column in columns) column.Take(ref rows);
    }

    /// <summary>A column as it is read row by row from what the engine writes.</summary>
    private sealed class FetchedColumn(CountedColumn counted)
    {
        private readonly (string? Whole, string? Text, string? Real) written = counted.Written;
        /// <summary>Whether the source may have a value where there is none of the column's kind.</summary>
        private readonly bool isConverted = counted.Column.Value != counted.Column.Raw;

        public CountedColumn Counted => counted;

        public List<double> Numbers { get; } = [];

        /// <summary>What is to be selected, in the order in which <see cref="Take"/> reads it.</summary>
        public IEnumerable<string> Written
        {
            get
            {
                if (isConverted) yield return $"isNotNull({counted.Column.Raw})";
                yield return $"toNullable({written.Whole ?? written.Text})";
                if (written.Real is { } real) yield return real;
            }
        }

        /// <summary>Reads one row's.</summary>
        public void Take(ref WrittenRows rows)
        {
            var present = isConverted && rows.Flag();
            var isNull = rows.Flag();
            var whole = !isNull && written.Whole is not null ? rows.Whole() : 0;
            var text = !isNull && written.Text is not null ? rows.Text() : default;
            var real = written.Real is not null ? rows.Real() : isNull ? double.NaN : whole;
            if (counted.Column.IsNumber) Numbers.Add(real);
            counted.Add(present || !isNull, new WrittenValue { IsNull = isNull, Whole = whole, Text = text, Real = real }, 1);
        }
    }
}
