using System.Text;
using Assay.Quality.Profiling;
using Assay.Quality.Scanning;

namespace Assay.Quality.Inference;

/// <summary>One field of few rows: its different values, and which of them each row has.</summary>
internal sealed class FetchedField(FieldProfile profile, SqlValue value)
{
    /// <summary>The place of a row's value where it has none.</summary>
    public const int None = -1;

    private readonly bool isNumber = profile.Type is FieldKind.Integral or FieldKind.Fractional or FieldKind.String;
    private readonly bool isTime = profile.Type is FieldKind.Date or FieldKind.Timestamp;
    /// <summary>By their bytes as characters, so that texts that are no UTF-8 stay apart too, and sort as they do in the engine.</summary>
    private readonly Dictionary<string, int> places = new(StringComparer.Ordinal);
    private readonly List<string> bytes = [];
    private readonly List<(long Count, long Training)> counts = [];
    private char[] text = new char[256];
    private IReadOnlyList<ValueCount>? sorted;
    /// <summary>The places of the different numbers, the smallest first.</summary>
    private int[]? order;

    public string Name => profile.Name;

    /// <summary>What is to be selected, in the order in which <see cref="Take"/> reads it.</summary>
    public IEnumerable<string> Written
    {
        get
        {
            yield return $"toNullable(toString({value.Sql}))";
            if (isNumber) yield return $"ifNull(toFloat64({value.Number}), nan)";
            if (isTime) yield return $"toNullable(toUnixTimestamp64Micro({value.Time}))";
        }
    }

    /// <summary>Of each row the place of its value among the different ones.</summary>
    public List<int> Rows { get; } = [];

    /// <summary>Of each different value, as a number; NaN where it is none.</summary>
    public List<double> Numbers { get; } = [];

    /// <summary>Of each different value, as microseconds since 1970; null where it is no time.</summary>
    public List<long?> Times { get; } = [];

    /// <summary>Of each different value, how often it occurs in all rows and in the training rows.</summary>
    public IReadOnlyList<(long Count, long Training)> Counts => counts;

    /// <summary>The different values, most frequent first.</summary>
    public IReadOnlyList<ValueCount> Values => sorted ??= [.. bytes.Select((b, i) => (Bytes: b, Count: counts[i])).OrderByDescending(v => v.Count.Count).ThenBy(v => v.Bytes, StringComparer.Ordinal)
        .Select(v => new ValueCount(Decoded(v.Bytes), v.Count.Count, v.Count.Training))];

    /// <summary>Of each different value, whether a condition is true.</summary>
    public IReadOnlyList<bool> Places(Func<string, bool> condition) => [.. bytes.Select(b => condition(Decoded(b)))];

    public string Text(int place) => Decoded(bytes[place]);

    /// <summary>Reads one row's.</summary>
    public void Take(ref WrittenRows rows, bool training)
    {
        var place = rows.Flag() ? None : PlaceOf(rows.Text());
        var number = isNumber ? rows.Real() : double.NaN;
        var time = isTime && !rows.Flag() ? rows.Whole() : (long?)null;
        Rows.Add(place);
        if (place == None) return;
        if (place == counts.Count)
        {
            Numbers.Add(number);
            Times.Add(time);
            counts.Add(default);
        }

        counts[place] = (counts[place].Count + 1, counts[place].Training + (training ? 1 : 0));
    }

    /// <summary>All numbers but NaN, the smallest first.</summary>
    public double[] Sorted(bool training)
    {
        order ??= [.. Enumerable.Range(0, Numbers.Count).Where(i => !double.IsNaN(Numbers[i])).OrderBy(i => Numbers[i])];
        return [.. order.SelectMany(i => Enumerable.Repeat(Numbers[i], (int)(training ? counts[i].Training : counts[i].Count)))];
    }

    private int PlaceOf(ReadOnlySpan<byte> written)
    {
        if (text.Length < written.Length) text = new char[2 * written.Length];
        var characters = text.AsSpan(0, Encoding.Latin1.GetChars(written, text));
        var known = places.GetAlternateLookup<ReadOnlySpan<char>>();
        if (known.TryGetValue(characters, out var place)) return place;
        bytes.Add(characters.ToString());
        places.Add(bytes[^1], bytes.Count - 1);
        return bytes.Count - 1;
    }

    private static string Decoded(string bytes) => Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(bytes));
}
