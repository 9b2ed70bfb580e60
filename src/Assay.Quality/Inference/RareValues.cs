using System.Globalization;
using Assay.Quality.Rules;

namespace Assay.Quality.Inference;

/// <summary>
/// Rare values of a field of few values that look like errors: spelled almost like a frequent one, at home in another field, or made of other
/// characters than all the rest.
/// </summary>
internal sealed class RareValues
{
    /// <summary>How much more frequent another value must be: 20 times, or 5 times where that explains every value that occurs only once.</summary>
    private const int SureRatio = 20, PlainRatio = 5;

    /// <summary>What occurs more than twice is no slip, and a real value occurs five times.</summary>
    private const int MostSlips = 2, LeastReal = 20;

    /// <summary>So many values tell what all values are made of.</summary>
    private const int LeastTelling = 5;

    /// <summary>How much more frequent every real value has to be where slips recur, and where words are too short to tell a slip by.</summary>
    private const int FarRatio = 100, ShortRatio = 50;

    /// <summary>How much larger than all others a number is that does not belong to them.</summary>
    private const int OddFactor = 10;

    /// <summary>Among so few values hardly two differ in one letter by chance.</summary>
    private const int FewReal = 5;

    private const double MostSlipsShare = 0.001;

    private readonly HashSet<string> values;

    private RareValues(IEnumerable<string> values, string why) => (this.values, Why) = (values.ToHashSet(StringComparer.Ordinal), why);

    public static RareValues None { get; } = new([], "");

    public string Why { get; }

    public bool Contains(string value) => values.Contains(value);

    /// <param name="counts">The field's values.</param>
    /// <param name="elsewhere">How often values occur in other fields.</param>
    public static RareValues Of(IReadOnlyList<ValueCount> counts, IReadOnlyDictionary<string, long> elsewhere)
    {
        var sure = Of(counts, elsewhere, SureRatio);
        if (counts.All(c => c.Count > 1 || sure.Contains(c.Value))) return sure;
        var plain = Of(counts, elsewhere, PlainRatio);
        return counts.All(c => c.Count > 1 || plain.Contains(c.Value)) ? plain : sure;
    }

    /// <summary>The rare values where nothing lies between them and the frequent ones, split from those; null where they are no exceptions.</summary>
    public static (IReadOnlyList<ValueCount> Real, IReadOnlyList<ValueCount> Slips)? Apart(IReadOnlyList<ValueCount> counts, RareValues known, double most)
    {
        var rest = counts.Where(c => !known.Contains(c.Value)).OrderByDescending(c => c.Count).ToList();
        var real = rest.FindIndex(c => c.Count < LeastReal);
        if (real <= 0) return null;
        var slips = rest.Skip(real).ToList();
        if (slips.Sum(c => c.Count) > most || slips[0].Count > MostSlips && rest[real - 1].Count < FarRatio * slips[0].Count) return null;
        return (rest[..real], slips);
    }

    /// <summary>Whether a value that lies apart from the real ones looks like none of them: rarity alone makes no error.</summary>
    public static bool IsOdd(string value, IReadOnlyList<ValueCount> real)
    {
        if (double.TryParse(value, CultureInfo.InvariantCulture, out var number) && real.All(r => double.TryParse(r.Value, CultureInfo.InvariantCulture, out _)))
        {
            var numbers = real.Select(r => double.Parse(r.Value, CultureInfo.InvariantCulture)).ToList();
            return number < 0 && numbers.Min() >= 0 || Math.Abs(number) >= OddFactor * numbers.Max(Math.Abs) && number != 0;
        }

        return real.All(r => !r.Value.Select(Kind).Where(char.IsLetterOrDigit).Intersect(value.Select(Kind)).Any())
            || real.Count <= FewReal && real.Any(r => r.Value.Length >= 3 && IsOneEdit(value, r.Value));
    }

    /// <summary>These rare values and others.</summary>
    public RareValues And(IEnumerable<string> more) => more.ToList() is { Count: > 0 } odd
        ? new(values.Concat(odd), "each is rare, and spelled like a frequent one, at home in another field, or like no other")
        : this;

    private static RareValues Of(IReadOnlyList<ValueCount> counts, IReadOnlyDictionary<string, long> elsewhere, int ratio)
    {
        var frequent = counts.Where(c => c.Count >= ratio).ToList();
        var characters = frequent.SelectMany(f => f.Value).Select(Kind).ToHashSet();
        var shapes = frequent.Select(f => Shape(f.Value)).ToHashSet(StringComparer.Ordinal);
        var telling = frequent.Count >= LeastTelling;
        var most = Math.Max(MostSlips + 1, MostSlipsShare * counts.Sum(c => c.Count));
        return new(
            counts.Where(rare => rare.Count <= most && frequent.Any(f => f.Count >= ratio * rare.Count) && (
                telling && (rare.Value.Any(c => !characters.Contains(Kind(c))) || shapes.Count == 1 && !shapes.Contains(Shape(rare.Value)))
                || elsewhere.TryGetValue(rare.Value, out var there) && there >= ratio * rare.Count
                || frequent.Any(f => f.Count >= ratio * rare.Count && IsTypo(rare.Value, f.Value, !shapes.Contains(Shape(rare.Value)) || IsShortWord(f.Value) && f.Count >= ShortRatio * rare.Count))))
                .Select(c => c.Value),
            "each is rare, and spelled like a frequent one, at home in another field, or made of other characters");
    }

    /// <summary>Codes that differ in a digit or are short are different codes, unless no code looks like that.</summary>
    private static bool IsTypo(string rare, string frequent, bool odd)
    {
        if (rare.Trim().Equals(frequent.Trim(), StringComparison.OrdinalIgnoreCase)) return true;
        if (frequent.Length < 4 && !(odd && IsShortWord(frequent)) || Math.Abs(rare.Length - frequent.Length) > 2) return false;
        if (odd && IsOneEdit(rare, frequent)) return true;
        return Digits(rare).SequenceEqual(Digits(frequent)) && (IsOneEdit(rare, frequent) || frequent.Length >= 8 && Similarity.Edits(rare, frequent) <= 2);
    }

    /// <summary>Short codes are written in capitals, and differ by a letter; words of three letters hardly do.</summary>
    private static bool IsShortWord(string text) => text.Length == 3 && text.All(char.IsLower);

    /// <summary>A character more, less or another, or two neighbours that changed places.</summary>
    private static bool IsOneEdit(string a, string b)
    {
        var start = a.AsSpan().CommonPrefixLength(b);
        var x = a.AsSpan(start);
        var y = b.AsSpan(start);
        while (x.Length > 0 && y.Length > 0 && x[^1] == y[^1])
        {
            x = x[..^1];
            y = y[..^1];
        }

        return x.Length <= 1 && y.Length <= 1 || x.Length == 2 && y.Length == 2 && x[0] == y[1] && x[1] == y[0];
    }

    private static IEnumerable<char> Digits(string text) => text.Where(char.IsAsciiDigit);

    private static string Shape(string text) => string.Concat(text.Select(Kind));

    private static char Kind(char c) => char.IsAsciiDigit(c) ? '9' : char.IsUpper(c) ? 'A' : char.IsLetter(c) ? 'a' : c;
}
