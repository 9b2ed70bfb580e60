using System.Text;
using System.Text.RegularExpressions;
using Assay.Quality.Profiling;

namespace Assay.Quality.Inference;

/// <summary>
/// Formats of text: capital letters, small letters and digits stand for their kind, all else for itself. At least 99 in 100 values have to be
/// of a handful of formats, and the others have to be one of a kind, as errors are.
/// </summary>
internal static partial class PatternCandidates
{
    private const int MostFormats = 6;
    private const double LeastCoverage = 0.99;

    public static async Task<IReadOnlyList<Candidate>> OfAsync(TrainingRows training, CancellationToken cancellation)
    {
        if (training.Request.Level < 2) return [];
        List<Candidate> candidates = [];
        foreach (var field in training.Profiles.Where(f => f.Type == FieldKind.String && training.HasEvidence(f) && f.MaxLength is > 0 and <= 200))
        {
            var value = training.Value(field);
            // Blanks are told by notNull and the like; here they are let through, unless that is what the format is.
            var exact = await training.CountsAsync(Shape(value.SureText), value.IsNotNull, 2000, cancellation);
            if (exact.Count > 2000) continue;
            var formats = Formats(exact, collapsed: false);
            // Formats that differ in length only are one of any length.
            var anyLength = formats.Count == 0 || formats.Select(f => Runs().Replace(f.Format, "$1+")).Distinct().Count() < formats.Count;
            if ((anyLength ? Fit(field, Formats(exact, collapsed: true), Collapsed(exact)) : Fit(field, formats, exact)) is { } candidate) candidates.Add(candidate);
        }

        return candidates;
    }

    private static string Shape(string text) => $@"replaceRegexpAll(replaceRegexpAll(replaceRegexpAll({text}, '\\d', '9'), '\\p{{Lu}}', 'A'), '\\p{{Ll}}', 'a')";

    private static IReadOnlyList<ValueCount> Collapsed(IReadOnlyList<ValueCount> exact) =>
        [.. exact.GroupBy(e => Runs().Replace(e.Value, "$1+")).Select(g => new ValueCount(g.Key, g.Sum(e => e.Count), g.Sum(e => e.Training))).OrderByDescending(g => g.Count)];

    /// <summary>The formats that recur, with the expression for each.</summary>
    private static List<(string Format, string Pattern)> Formats(IReadOnlyList<ValueCount> exact, bool collapsed)
    {
        var total = exact.Sum(e => e.Training);
        var counts = collapsed ? Collapsed(exact) : exact;
        // What occurs again and again is a format, however rare.
        var formats = counts.Where(c => c.Training > 0 && (c.Value.Length == 0 || c.Training >= Math.Max(3, 0.002 * total))).Take(MostFormats + 1).ToList();
        return formats.Count > MostFormats ? [] : [.. formats.Select(f => (f.Value, f.Value.Length == 0 ? "" : Pattern(f.Value, collapsed)))];
    }

    private static Candidate? Fit(FieldProfile field, List<(string Format, string Pattern)> formats, IReadOnlyList<ValueCount> counts)
    {
        var known = formats.Select(f => f.Format).ToHashSet(StringComparer.Ordinal);
        var total = counts.Sum(c => c.Count);
        var others = counts.Where(c => !known.Contains(c.Value)).Sum(c => c.Count);
        // Words alone are no format: the next name may be spelled any way.
        if (known.All(f => f.Length == 0) || !known.Where(f => f.Length > 0).All(f => f.Any(c => c == '9' || !(char.IsLetter(c) || c is ' ' or '+')))) return null;
        if (total == 0 || others > (1 - LeastCoverage) * total) return null;
        var patterns = formats.Where(f => f.Format.Length > 0).Select(f => f.Pattern).Order(StringComparer.Ordinal).ToList();
        if (known.Contains("")) patterns.Add("");
        var pattern = patterns.Count == 1 ? $"^{patterns[0]}$" : $"^(?:{string.Join('|', patterns)})$";
        return Candidate.Of("matchesPattern", 2, $"{field.Name} matches {pattern}", [field.Name], ("pattern", pattern)) with { Allowed = others > 0 ? 0.02 : 0 };
    }

    private static string Pattern(string format, bool collapsed)
    {
        var text = new StringBuilder();
        for (var i = 0; i < format.Length;)
        {
            var c = format[i];
            var next = i + 1;
            var kind = c switch { '9' => "\\d", 'A' => "\\p{Lu}", 'a' => "\\p{Ll}", _ => Regex.Escape(c.ToString()) };
            if (collapsed && c is '9' or 'A' or 'a' && next < format.Length && format[next] == '+')
            {
                text.Append(kind).Append('+');
                i = next + 1;
                continue;
            }

            while (next < format.Length && format[next] == c) next++;
            text.Append(kind);
            if (next - i > 1) text.Append('{').Append(next - i).Append('}');
            i = next;
        }

        return text.ToString();
    }

    [GeneratedRegex("([9Aa])\\1*")]
    private static partial Regex Runs();
}
