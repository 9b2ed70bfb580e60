using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Assay.Quality.Profiling;

/// <summary>Values as the engine writes them, which is what histograms show and what groups are told apart by; numbers as doubles besides.</summary>
internal sealed class FetchedTexts(Column column) : FetchedColumn(column)
{
    /// <summary>Times whose text tells them whole, and sorts as they do.</summary>
    private static readonly HashSet<string> SortedTimes = ["Date", "Date32", "DateTime64(6)", "DateTime64(6, 'UTC')"];

    /// <summary>Byte by byte as characters, so that texts that are no UTF-8 stay apart too.</summary>
    private readonly Dictionary<string, long> counts = new(StringComparer.Ordinal);
    private readonly List<double> reals = [];
    private readonly char[] text = new char[Groups.ShownCharacters];

    public override bool KnowsMain => Column.Kind switch
    {
        FieldKind.Fractional => Column.IsFloat,
        FieldKind.String or FieldKind.Boolean => true,
        FieldKind.Date or FieldKind.Timestamp => SortedTimes.Contains(Column.Bare),
        _ => false,
    };

    public override bool IsLong => MaxBytes > Groups.ShownCharacters;

    public override IReadOnlyList<double> Numbers => reals;

    protected override IEnumerable<string> Values =>
        Column.IsNumber ? [$"toNullable(toString({Column.Value}))", $"ifNull({Column.Real}, nan)"] : [$"toNullable(toString({Column.Value}))"];

    private long MaxBytes { get; set; }

    public override void Sum()
    {
        base.Sum();
        if (Column.IsText) Measure();
        else if (Column.IsTime) Bound();
        else if (Column.IsNumber) Add();
    }

    public override List<(string Value, long Count)> Group(int shown) => [.. counts.Select(v => (counts.Count > shown ? "" : Decoded(v.Key), v.Value))];

    protected override bool TakeValue(ref ReadOnlySpan<byte> rows)
    {
        var present = rows[0] == 0;
        if (present) Count(Text(ref rows));
        else rows = rows[1..];
        if (!Column.IsNumber) return present;
        reals.Add(BinaryPrimitives.ReadDoubleLittleEndian(rows));
        rows = rows[sizeof(double)..];
        return present;
    }

    private static string Decoded(string bytes) => Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(bytes));

    /// <summary>Lengths in characters, which are the bytes that do not continue one.</summary>
    private void Measure()
    {
        if (counts.Count == 0) return;
        var lengths = counts.Select(v => (Length: (long)v.Key.Count(b => (b & 0xc0) != 0x80), Count: v.Value)).ToList();
        (Column.MinLength, Column.MaxLength) = (lengths.Min(v => v.Length), lengths.Max(v => v.Length));
        Column.MeanLength = (double)lengths.Sum(v => v.Length * v.Count) / lengths.Sum(v => v.Count);
        Column.MaxBytes = MaxBytes;
    }

    private void Bound()
    {
        Column.Usable = counts.Values.Sum();
        if (counts.Count == 0) return;
        (Column.Min, Column.Max) = (counts.Keys.Min(StringComparer.Ordinal), counts.Keys.Max(StringComparer.Ordinal));
    }

    private void Add()
    {
        var finite = reals.Where(double.IsFinite).ToList();
        Column.Usable = finite.Count;
        if (finite.Count == 0) return;
        var (least, greatest) = (finite.Min(), finite.Max());
        (Column.Min, Column.Max, Column.MinReal, Column.MaxReal) = (least, greatest, least, greatest);
        Column.Sum = Kahan(finite);
    }

    /// <summary>With what each addition loses carried on (Kahan, CACM 8 (1965) 40), as the engine's sumKahan.</summary>
    private static double Kahan(List<double> values)
    {
        var (sum, lost) = (0.0, 0.0);
        foreach (var value in values)
        {
            var exact = value - lost;
            var next = sum + exact;
            (lost, sum) = (next - sum - exact, next);
        }
        return sum;
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
        var bytes = rows.Slice(at, length);
        rows = rows[(at + length)..];
        return bytes;
    }

    private void Count(ReadOnlySpan<byte> value)
    {
        MaxBytes = Math.Max(MaxBytes, value.Length);
        if (IsLong) return;
        var length = Encoding.Latin1.GetChars(value, text);
        CollectionsMarshal.GetValueRefOrAddDefault(counts.GetAlternateLookup<ReadOnlySpan<char>>(), text.AsSpan(0, length), out _)++;
    }
}
