using System.Text;
using System.Text.RegularExpressions;
using Assay.Quality.Profiling;

namespace Assay.Quality.Inference;

/// <summary>
/// Formats of text. At least 99 in 100 values have to be of a handful of shapes, and the others have to be one of a kind, as errors are. Where
/// there is no format, the way of writing may still be one: <see cref="WritingCandidates"/>.
/// </summary>
internal static class PatternCandidates
{
    private const int MostFormats = 6, MostShapes = 20_000, LeastToGuess = 100;
    private const double LeastCoverage = 0.99, LeastGuessed = 0.97;

    /// <summary>What occurs again and again is a format, however rare; where exceptions are guessed, and for dates, it has to be one in a hundred.</summary>
    private const double RecurringShare = 0.002, PlainShare = 0.01;

    public static async Task<IReadOnlyList<Candidate>> OfAsync(TrainingRows training, CancellationToken cancellation)
    {
        if (training.Request.Level < 2) return [];
        List<Candidate> candidates = [];
        foreach (var field in training.Profiles.Where(f => f.Type == FieldKind.String && training.HasEvidence(f) && f.MaxLength is > 0 and <= 200))
        {
            // Blanks are told by notNull and the like; here they are let through, unless that is what the format is.
            var exact = await training.ShapesAsync(field, MostShapes, cancellation);
            if (exact.Count > MostShapes) continue;
            var near = training.Near.TryGetValue(field.Name, out var type) ? type.Kind : (FieldKind?)null;
            if (near is FieldKind.Integral or FieldKind.Fractional) continue;
            var found = near is not null || training.Tolerance > 0 && field.Values >= LeastToGuess ? OfShapes(field, exact, PlainShare, LeastGuessed) : null;
            found ??= OfShapes(field, exact, RecurringShare, LeastCoverage);
            if ((found ?? WritingCandidates.Of(training, field, exact)) is { } candidate) candidates.Add(candidate);
        }

        return candidates;
    }

    private static Candidate? OfShapes(FieldProfile field, IReadOnlyList<ValueCount> exact, double least, double coverage)
    {
        var formats = Formats(exact, least, collapsed: false);
        // Formats that differ in length only are one of any length.
        var anyLength = formats.Count == 0 || formats.Select(f => Shapes.Collapse(f.Format)).Distinct().Count() < formats.Count;
        return anyLength ? Fit(field, Formats(exact, least, collapsed: true), Shapes.Collapse(exact), coverage) : Fit(field, formats, exact, coverage);
    }

    /// <summary>The formats that recur, with the expression for each.</summary>
    private static List<(string Format, string Pattern)> Formats(IReadOnlyList<ValueCount> exact, double least, bool collapsed)
    {
        var total = exact.Sum(e => e.Training);
        var counts = collapsed ? Shapes.Collapse(exact) : exact;
        var formats = counts.Where(c => c.Training > 0 && (c.Value.Length == 0 || c.Training >= Math.Max(3, least * total))).Take(MostFormats + 1).ToList();
        return formats.Count > MostFormats ? [] : [.. formats.Select(f => (f.Value, f.Value.Length == 0 ? "" : Pattern(f.Value, collapsed)))];
    }

    private static Candidate? Fit(FieldProfile field, List<(string Format, string Pattern)> formats, IReadOnlyList<ValueCount> counts, double coverage)
    {
        var known = formats.Select(f => f.Format).ToHashSet(StringComparer.Ordinal);
        var total = counts.Sum(c => c.Count);
        var others = counts.Where(c => !known.Contains(c.Value)).Sum(c => c.Count);
        // Words alone are no format: the next name may be spelled any way.
        if (known.All(f => f.Length == 0) || !known.Where(f => f.Length > 0).All(f => f.Any(c => c == '9' || !(char.IsLetter(c) || c is ' ' or '+')))) return null;
        if (total == 0 || others > (1 - coverage) * total) return null;
        var patterns = formats.Where(f => f.Format.Length > 0).Select(f => f.Pattern).Order(StringComparer.Ordinal).ToList();
        if (known.Contains("")) patterns.Add("");
        var pattern = patterns.Count == 1 ? $"^{patterns[0]}$" : $"^(?:{string.Join('|', patterns)})$";
        return Candidate.Of("matchesPattern", 2, $"{field.Name} matches {pattern}", [field.Name], ("pattern", pattern)).But(others, total, "hardly any other has their format");
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
}
