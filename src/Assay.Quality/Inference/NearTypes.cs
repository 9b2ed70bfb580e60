using Assay.Quality.Profiling;

namespace Assay.Quality.Inference;

/// <summary>
/// Text fields all of whose values but a few are numbers, dates or times, as a file's column becomes where a unit or a word slipped in. A
/// word that recurs among the others, such as <c>n/a</c>, is how the field says that it has no value, not a slip.
/// </summary>
internal static class NearTypes
{
    private const double LeastShare = 0.97;

    /// <summary>Narrowest first.</summary>
    private static readonly FieldKind[] Kinds = [FieldKind.Integral, FieldKind.Fractional, FieldKind.Date, FieldKind.Timestamp];

    public static async Task<IReadOnlyDictionary<string, NearType>> OfAsync(TrainingRows training, CancellationToken cancellation)
    {
        var fields = training.Profiles.Where(f => f.Type == FieldKind.String && training.HasEvidence(f)).ToList();
        var near = training.Fetched is { } rows ? [.. fields.Select(f => Of(rows[f].Values))]
            : Of(await training.FiguresOfAllAsync([.. fields.SelectMany(f => Figures(training.Value(f).Text))], cancellation), fields.Count);
        return fields.Zip(near, (f, n) => (f.Name, Near: n)).Where(f => f.Near is not null).ToDictionary(f => f.Name, f => f.Near!, StringComparer.Ordinal);
    }

    private static NearType? Of(FieldKind kind, long values, long broken, long kinds) =>
        broken == 0 || IsTooMany(broken, values) || 2 * kinds < broken ? null : new(kind, values, broken);

    private static bool IsTooMany(long broken, long values) => broken > (1 - LeastShare) * values;

    private static List<NearType?> Of(IReadOnlyList<object?> figures, int fields)
    {
        const int Kind = 2;
        var each = 1 + Kind * Kinds.Length;
        long Number(int at) => Convert.ToInt64(figures[at], null);
        return [.. Enumerable.Range(0, fields).Select(i => Kinds.Select((kind, k) =>
            Of(kind, Number(i * each), Number(i * each) - Number(i * each + 1 + Kind * k), Number(i * each + 2 + Kind * k))).FirstOrDefault(n => n is not null))];
    }

    /// <summary>How many values there are, and of each kind how many are of it and how many different ones are not.</summary>
    private static IEnumerable<string> Figures(string text)
    {
        var value = $"nullIf(trimBoth({text}), '')";
        yield return $"count({value})";
        foreach (var kind in Kinds)
        {
            var spelled = $"ifNull({TypeInference.Spelled(kind, value)}, 0)";
            yield return $"countIf({spelled})";
            yield return $"uniqIf({value}, NOT {spelled})";
        }
    }

    private static NearType? Of(IReadOnlyList<ValueCount> counts)
    {
        var values = counts.Select(c => (Text: c.Value.Trim(' '), c.Count)).Where(v => v.Text.Length > 0).ToList();
        var total = values.Sum(v => v.Count);
        return Kinds.Select(kind => Broken(kind, values, total) is var (broken, kinds) ? Of(kind, total, broken, kinds) : null).FirstOrDefault(n => n is not null);
    }

    /// <summary>How many values are not of a kind, and how many different ones. Most fields are of none, which the first few of their values tell.</summary>
    private static (long Rows, long Kinds) Broken(FieldKind kind, List<(string Text, long Count)> values, long total)
    {
        var (rows, kinds) = (0L, new HashSet<string>(StringComparer.Ordinal));
        foreach (var (text, count) in values)
        {
            if (SpelledTypes.Is(kind, text)) continue;
            rows += count;
            kinds.Add(text);
            if (IsTooMany(rows, total)) break;
        }

        return (rows, kinds.Count);
    }
}

/// <summary>What a text field nearly always holds.</summary>
/// <param name="Values">Values that are not blank.</param>
/// <param name="Broken">Those that are something else.</param>
internal sealed record NearType(FieldKind Kind, long Values, long Broken);
