using Assay.Quality.Profiling;
using Assay.Quality.Rules;

namespace Assay.Quality.Inference;

/// <summary>Fields of few values that recur. Rare values that are spelled almost like a frequent one are taken for typing errors.</summary>
internal static class CategoryCandidates
{
    /// <summary>How often a value occurs on average before the list counts as closed.</summary>
    private const int LeastRepetition = 10;

    /// <summary>How much more frequent the value must be that a rare one is taken for a misspelling of.</summary>
    private const int TypoRatio = 20;

    public static async Task<IReadOnlyList<Candidate>> OfAsync(TrainingRows training, CancellationToken cancellation)
    {
        List<Candidate> candidates = [];
        foreach (var field in training.Profiles.Where(f => IsCategory(f, training)))
        {
            var value = training.Value(field);
            var counts = await training.CountsAsync(value.Sql, value.IsNotNull, training.Request.MostCategories, cancellation);
            if (counts.Count == 0 || counts.Count > training.Request.MostCategories) continue;
            var typos = field.Type == FieldKind.String ? Typos(counts) : [];
            var real = counts.Where(c => c.Training > 0 && !typos.Contains(c.Value)).ToList();
            var total = counts.Sum(c => c.Count);
            if (total < (long)LeastRepetition * real.Count) continue;
            var list = real.Select(r => r.Value).ToList();
            // The share of values seen once estimates how much is still unseen (Good and Turing).
            var unseen = real.Count(c => c.Count == 1) / (double)total;
            var wrong = typos.Sum(t => counts.First(c => c.Value == t).Count) / (double)total;
            var what = $"{field.Name} is one of {list.Count} values";
            if (unseen == 0 && wrong <= 0.05)
                candidates.Add(Candidate.Of("expectedValues", 1, what, [field.Name], ("list", list)) with { Allowed = wrong > 0 ? Math.Max(0.02, 2 * wrong) : 0 });
            else if (training.Request.Level >= 5 && unseen < 0.02)
                candidates.Add(PresenceCandidates.Coverage(Candidate.Of("expectedValues", 5, $"{field.Name} is mostly one of {list.Count} values", [field.Name], ("list", list)), Math.Floor(1000 * (1 - 3 * unseen - wrong - 0.01)) / 1000));
        }

        return candidates;
    }

    private static bool IsCategory(FieldProfile field, TrainingRows training) => training.HasEvidence(field)
        && (field.Type == FieldKind.String ? field.ApproximateDistinctValues <= training.Request.MostCategories * 2 : field.Type == FieldKind.Integral && field.ApproximateDistinctValues <= 12)
        && field.Values >= 5 * field.ApproximateDistinctValues;

    private static HashSet<string> Typos(IReadOnlyList<ValueCount> counts) =>
        [.. counts.Where(rare => counts.Any(c => c.Count >= TypoRatio * rare.Count && IsTypo(rare.Value, c.Value))).Select(c => c.Value)];

    /// <summary>Codes that differ in a digit or are short are different codes.</summary>
    private static bool IsTypo(string rare, string frequent)
    {
        if (rare.Trim().Equals(frequent.Trim(), StringComparison.OrdinalIgnoreCase)) return true;
        if (frequent.Length < 4 || !Digits(rare).SequenceEqual(Digits(frequent))) return false;
        return Similarity.Edits(rare, frequent) <= (frequent.Length < 8 ? 1 : 2);
    }

    private static IEnumerable<char> Digits(string text) => text.Where(char.IsAsciiDigit);
}
