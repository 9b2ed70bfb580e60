using System.Runtime.InteropServices;

namespace Assay.Quality.Profiling;

/// <summary>Values as the engine writes them, which is what histograms show and what groups are told apart by; numbers as doubles besides.</summary>
internal sealed class CountedTexts(Column column) : CountedColumn(column)
{
    /// <summary>Times whose text tells them whole, and sorts as they do.</summary>
    private static readonly HashSet<string> SortedTimes = ["Date", "Date32", "DateTime64(6)", "DateTime64(6, 'UTC')"];

    private readonly DistinctTexts texts = new();
    /// <summary>Of each text.</summary>
    private readonly List<(long Count, double Real)> counts = [];
    /// <summary>Sorted once, when all is counted.</summary>
    private NumberCounts? numbers;

    public override bool KnowsMain => Column.Kind switch
    {
        FieldKind.Fractional => Column.IsFloat,
        FieldKind.String or FieldKind.Boolean => true,
        FieldKind.Date or FieldKind.Timestamp => SortedTimes.Contains(Column.Bare),
        _ => false,
    };

    public override bool IsLong => MaxBytes > Groups.ShownCharacters;

    public override (string? Whole, string? Text, string? Real) Written => (null, $"toString({Column.Told})", Column.IsNumber ? $"ifNull({Column.Real}, nan)" : null);

    public override NumberCounts Numbers => numbers ??= Finite();

    private long MaxBytes { get; set; }

    public override void Sum()
    {
        base.Sum();
        if (counts.Count == 0) return;
        if (Column.IsText) Measure();
        else if (Column.IsTime) Bound();
        else if (Column.IsNumber) Add();
    }

    public override List<(string Value, long Count)> Group(int shown) => [.. counts.Select((v, i) => (counts.Count > shown ? "" : texts.Decoded(i), v.Count))];

    protected override void Count(in WrittenValue value, long rows)
    {
        MaxBytes = Math.Max(MaxBytes, value.Text.Length);
        if (IsLong) return;
        var number = texts.NumberOf(value.Text);
        if (number == counts.Count) counts.Add(default);
        CollectionsMarshal.AsSpan(counts)[number] = (counts[number].Count + rows, value.Real);
    }

    private NumberCounts Finite()
    {
        if (!Column.IsNumber) return NumberCounts.None;
        var finite = counts.Where(v => double.IsFinite(v.Real)).ToList();
        return NumberCounts.Of([.. finite.Select(v => v.Real)], [.. finite.Select(v => v.Count)]);
    }

    /// <summary>Lengths in characters, which are the bytes that do not continue one.</summary>
    private void Measure()
    {
        var lengths = counts.Select((v, i) => (Length: Characters(texts[i]), v.Count)).ToList();
        (Column.MinLength, Column.MaxLength) = (lengths.Min(v => v.Length), lengths.Max(v => v.Length));
        Column.MeanLength = (double)lengths.Sum(v => v.Length * v.Count) / lengths.Sum(v => v.Count);
        Column.MaxBytes = MaxBytes;
    }

    private static long Characters(ReadOnlySpan<byte> text)
    {
        var count = 0L;
        foreach (var b in text)
            if ((b & 0xc0) != 0x80) count++;
        return count;
    }

    private void Bound()
    {
        Column.Usable = counts.Sum(v => v.Count);
        var (least, greatest) = (0, 0);
        for (var i = 1; i < texts.Count; i++)
        {
            if (texts.Compare(i, least) < 0) least = i;
            if (texts.Compare(i, greatest) > 0) greatest = i;
        }
        (Column.Min, Column.Max) = (texts.Decoded(least), texts.Decoded(greatest));
    }

    private void Add()
    {
        var finite = Numbers;
        Column.Usable = finite.Counts.Sum();
        if (Column.Usable == 0) return;
        var (least, greatest) = (finite.Values[0], finite.Values[^1]);
        (Column.Min, Column.Max, Column.MinReal, Column.MaxReal) = (least, greatest, least, greatest);
        Column.Sum = Kahan(finite);
    }

    /// <summary>With what each step loses carried on (Kahan, CACM 8 (1965) 40), as the engine's sumKahan: multiplying loses digits as adding does.</summary>
    private static double Kahan(NumberCounts numbers)
    {
        var (sum, lost) = (0.0, 0.0);
        foreach (var (value, count) in numbers.Values.Zip(numbers.Counts))
        {
            var product = value * count;
            var exact = product - (lost - Math.FusedMultiplyAdd(value, count, -product));
            var next = sum + exact;
            (lost, sum) = (next - sum - exact, next);
        }
        return sum;
    }
}
