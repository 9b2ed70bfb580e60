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
        var figures = training.Fetched is { } rows ? [.. fields.SelectMany(f => Figures(rows[f].Values))]
            : await training.FiguresOfAllAsync([.. fields.SelectMany(f => Figures(training.Value(f).Text))], cancellation);
        var found = new Dictionary<string, NearType>(StringComparer.Ordinal);
        for (var i = 0; i < fields.Count; i++)
        {
            var at = i * (1 + 2 * Kinds.Length);
            long Number(int offset) => Convert.ToInt64(figures[at + offset], null);
            var values = Number(0);
            for (var k = 0; k < Kinds.Length; k++)
            {
                var (broken, kinds) = (values - Number(1 + 2 * k), Number(2 + 2 * k));
                if (broken == 0 || broken > (1 - LeastShare) * values || 2 * kinds < broken) continue;
                found[fields[i].Name] = new NearType(Kinds[k], values, broken);
                break;
            }
        }

        return found;
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

    private static IEnumerable<object?> Figures(IReadOnlyList<ValueCount> counts)
    {
        var values = counts.Select(c => (Text: c.Value.Trim(' '), c.Count)).Where(v => v.Text.Length > 0).ToList();
        yield return values.Sum(v => v.Count);
        foreach (var kind in Kinds)
        {
            var spelled = values.ToLookup(v => SpelledTypes.Is(kind, v.Text));
            yield return spelled[true].Sum(v => v.Count);
            yield return spelled[false].Select(v => v.Text).Distinct(StringComparer.Ordinal).LongCount();
        }
    }
}

/// <summary>What a text field nearly always holds.</summary>
/// <param name="Values">Values that are not blank.</param>
/// <param name="Broken">Those that are something else.</param>
internal sealed record NearType(FieldKind Kind, long Values, long Broken);
