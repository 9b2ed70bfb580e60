using System.Globalization;
using System.Runtime.InteropServices;
using Assay.Quality.Expressions;
using Assay.Quality.Profiling;
using Assay.Quality.Scanning;

namespace Assay.Quality.Inference;

/// <summary>One field of few rows: its different values, and which of them each row has.</summary>
/// <param name="expected">How many rows there are likely to be.</param>
internal sealed class FetchedField(FieldProfile profile, SqlValue value, int expected)
{
    /// <summary>The place of a row's value where it has none.</summary>
    public const int None = -1;

    /// <summary>Whether the values travel as whole numbers of 64 bits, from which text and number follow; all others travel as text.</summary>
    private readonly bool isWhole = profile.Type == FieldKind.Integral && value.Type is { Kind: SqlKind.Integer, Bits: <= 64 };
    private readonly bool isNumber = profile.Type is FieldKind.Integral or FieldKind.Fractional or FieldKind.String;
    private readonly bool isTime = profile.Type is FieldKind.Date or FieldKind.Timestamp;
    private readonly Dictionary<long, int> places = [];
    private readonly List<long> wholes = [];
    private readonly DistinctTexts texts = new();
    private readonly List<(long Count, long Training)> counts = [];
    private IReadOnlyList<ValueCount>? sorted;
    /// <summary>The places of the different numbers, the smallest first.</summary>
    private int[]? order;

    public string Name => profile.Name;

    /// <summary>What is to be selected, in the order in which <see cref="Take"/> reads it.</summary>
    public IEnumerable<string> Written
    {
        get
        {
            yield return isWhole ? $"toNullable(toInt64({value.Sql}))" : $"toNullable(toString({value.Sql}))";
            if (isNumber && !isWhole) yield return $"ifNull(toFloat64({value.Number}), nan)";
            if (isTime) yield return $"toNullable(toUnixTimestamp64Micro({value.Time}))";
        }
    }

    /// <summary>Of each row the place of its value among the different ones.</summary>
    public List<int> Rows { get; } = new(expected);

    /// <summary>Of each different value of a field of numbers or text, as a number; NaN where it is none.</summary>
    public List<double> Numbers { get; } = [];

    /// <summary>Of each different value of a field of times, as microseconds since 1970; null where it is no time.</summary>
    public List<long?> Times { get; } = [];

    /// <summary>Of each different value, how often it occurs in all rows and in the training rows.</summary>
    public IReadOnlyList<(long Count, long Training)> Counts => counts;

    /// <summary>The different values, most frequent first.</summary>
    public IReadOnlyList<ValueCount> Values => sorted ??= ByFrequency();

    /// <summary>Of each different value, whether a condition is true.</summary>
    public IReadOnlyList<bool> Places(Func<string, bool> condition) => [.. Enumerable.Range(0, counts.Count).Select(place => condition(Text(place)))];

    public string Text(int place) => isWhole ? wholes[place].ToString(CultureInfo.InvariantCulture) : texts.Decoded(place);

    /// <summary>Reads one row's.</summary>
    public void Take(ref WrittenRows rows, bool training)
    {
        var place = rows.Flag() ? None : isWhole ? PlaceOf(rows.Whole()) : texts.NumberOf(rows.Text());
        var number = isNumber && !isWhole ? rows.Real() : double.NaN;
        var time = isTime && !rows.Flag() ? rows.Whole() : (long?)null;
        Rows.Add(place);
        if (place == None) return;
        if (place == counts.Count)
        {
            if (isNumber) Numbers.Add(isWhole ? wholes[place] : number);
            if (isTime) Times.Add(time);
            counts.Add(default);
        }

        ref var count = ref CollectionsMarshal.AsSpan(counts)[place];
        count = (count.Count + 1, count.Training + (training ? 1 : 0));
    }

    /// <summary>All numbers but NaN, the smallest first.</summary>
    public double[] Sorted(bool training)
    {
        order ??= Order();
        var (numbers, filled) = (new double[Rows.Count], 0);
        foreach (var place in order)
        {
            var times = (int)(training ? counts[place].Training : counts[place].Count);
            numbers.AsSpan(filled, times).Fill(Numbers[place]);
            filled += times;
        }

        return numbers[..filled];
    }

    private int[] Order()
    {
        int[] numbers = [.. Enumerable.Range(0, Numbers.Count).Where(i => !double.IsNaN(Numbers[i]))];
        Array.Sort(Array.ConvertAll(numbers, i => Numbers[i]), numbers);
        return numbers;
    }

    private ValueCount[] ByFrequency()
    {
        int[] order = [.. Enumerable.Range(0, counts.Count)];
        var names = isWhole ? [.. order.Select(Text)] : Array.Empty<string>();
        Array.Sort(order, (a, b) => counts[b].Count.CompareTo(counts[a].Count) is var more and not 0 ? more : isWhole ? string.CompareOrdinal(names[a], names[b]) : texts.Compare(a, b));
        return Array.ConvertAll(order, place => new ValueCount(isWhole ? names[place] : texts.Decoded(place), counts[place].Count, counts[place].Training));
    }

    private int PlaceOf(long whole)
    {
        ref var place = ref CollectionsMarshal.GetValueRefOrAddDefault(places, whole, out var isKnown);
        if (isKnown) return place;
        wholes.Add(whole);
        return place = wholes.Count - 1;
    }
}
