using System.Buffers;
using System.Buffers.Binary;
using Assay.Engine;

namespace Assay.Quality.Profiling;

/// <summary>
/// The values of a small table, fetched by one statement and computed on here: of few rows the engine takes far longer to understand
/// statements on counts, bounds, groups, quantiles and moments than to run them.
/// </summary>
internal sealed class FetchedValues : CountedValues
{
    /// <summary>A wider table's statement would be as slow to understand.</summary>
    private const int MostColumns = 100;
    private const int MostBytes = 16 << 20;

    private readonly Dictionary<Column, FetchedColumn> fetched;

    private FetchedValues(List<FetchedColumn> columns) : base(columns.Select(c => c.Counted)) => fetched = columns.ToDictionary(c => c.Counted.Column);

    /// <returns>Null where there are too many of them, or the engine cannot write one of the columns.</returns>
    public static async Task<FetchedValues?> FetchAsync(IEngine engine, Stage stage, IEnumerable<Column> all, CancellationToken cancel)
    {
        var columns = all.Where(c => c.IsGrouped && c.Message is null && c.Relation == stage.Relation).Select(c => new FetchedColumn(CountedColumn.For(c))).ToList();
        if (columns.Count is 0 or > MostColumns) return null;
        var bytes = ArrayPool<byte>.Shared.Rent(MostBytes);
        try
        {
            await using var stream = await engine.DownloadAsync(stage.Query($"SELECT {string.Join(", ", columns.SelectMany(c => c.Written))} FROM {stage.Relation}").WithSetting("max_threads", 1), "RowBinary", cancel);
            var read = await stream.ReadAtLeastAsync(bytes, MostBytes, throwOnEndOfStream: false, cancel);
            if (read >= MostBytes) return null;
            Take(columns, bytes.AsSpan(0, read));
            // Texts that are shown cut are the engine's to cut.
            return new FetchedValues(columns.FindAll(c => !c.Counted.IsLong));
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

    public bool Has(Column column) => fetched.ContainsKey(column);

    /// <summary>A column's numbers row by row, NaN where there is none.</summary>
    public double[] Numbers(Column column) => [.. fetched[column].Numbers];

    private static void Take(List<FetchedColumn> columns, ReadOnlySpan<byte> rows)
    {
        while (rows.Length > 0)
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
        public void Take(ref ReadOnlySpan<byte> rows)
        {
            var present = isConverted && Byte(ref rows) == 1;
            var isNull = Byte(ref rows) == 1;
            var whole = !isNull && written.Whole is not null ? BinaryPrimitives.ReadInt64LittleEndian(Next(ref rows, sizeof(long))) : 0;
            var text = !isNull && written.Text is not null ? Next(ref rows, Length(ref rows)) : default;
            var real = written.Real is not null ? BinaryPrimitives.ReadDoubleLittleEndian(Next(ref rows, sizeof(double))) : isNull ? double.NaN : whole;
            if (counted.Column.IsNumber) Numbers.Add(real);
            counted.Add(present || !isNull, new WrittenValue { IsNull = isNull, Whole = whole, Text = text, Real = real }, 1);
        }

        private static byte Byte(ref ReadOnlySpan<byte> rows) => Next(ref rows, 1)[0];

        private static ReadOnlySpan<byte> Next(ref ReadOnlySpan<byte> rows, int length)
        {
            var next = rows[..length];
            rows = rows[length..];
            return next;
        }

        /// <summary>A number in groups of seven bits.</summary>
        private static int Length(ref ReadOnlySpan<byte> rows)
        {
            var length = 0;
            for (var shift = 0; ; shift += 7)
            {
                var part = Byte(ref rows);
                length |= (part & 0x7f) << shift;
                if (part < 0x80) return length;
            }
        }
    }
}
