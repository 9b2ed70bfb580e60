using Assay.Quality.Profiling;

namespace Assay.Quality.Inference;

/// <summary>Fields of few values that recur, aside from rare ones that <see cref="RareValues"/> takes for errors.</summary>
internal static class CategoryCandidates
{
    /// <summary>How often a value occurs on average before the list counts as closed.</summary>
    private const int LeastRepetition = 10;

    /// <summary>Errors make a field of few values one of many.</summary>
    private const int ValuesPerCategory = 10;

    private const int MostNumbers = 12;

    private const double MostWrong = 0.05;

    /// <summary>How many rare values join the list of the usual ones; it may also be doubled.</summary>
    private const int MostAccepted = 5;

    public static async Task<IReadOnlyList<Candidate>> OfAsync(TrainingRows training, CancellationToken cancellation)
    {
        List<(FieldProfile Field, IReadOnlyList<ValueCount> Counts)> read = [];
        foreach (var field in training.Profiles.Where(f => IsCategory(f, training)))
        {
            var most = ValuesPerCategory * Most(field, training);
            var counts = await training.ValuesAsync(field, most, cancellation);
            if (counts.Count > 0 && counts.Count <= most) read.Add((field, counts));
        }

        List<Candidate> candidates = [];
        foreach (var (field, counts) in read)
        {
            var rare = field.Type == FieldKind.String ? RareValues.Of(counts, Elsewhere(read, field)) : RareValues.None;
            var apart = Unseen(counts, rare) > 0 && training.Tolerance > 0 ? RareValues.Apart(counts, rare, MostWrong * counts.Sum(c => c.Count)) : null;
            if (apart is var (real, slips))
            {
                var moved = await SwappedValues.OfAsync(training, field, real, slips, cancellation);
                rare = rare.And(slips.Select(s => s.Value).Where(v => moved.Contains(v) || RareValues.IsOdd(v, real)));
            }

            if (Of(training, field, counts, rare, apart?.Slips ?? []) is { } candidate) candidates.Add(candidate);
        }

        return candidates;
    }

    /// <param name="apart">Values so rare and so far from the others that the list counts as closed with them, whether they are errors or not.</param>
    private static Candidate? Of(TrainingRows training, FieldProfile field, IReadOnlyList<ValueCount> counts, RareValues rare, IReadOnlyList<ValueCount> apart)
    {
        var total = counts.Sum(c => c.Count);
        var accepted = apart.Select(a => a.Value).Where(v => !rare.Contains(v)).ToHashSet(StringComparer.Ordinal);
        var real = counts.Where(c => c.Training > 0 && !rare.Contains(c.Value) && !accepted.Contains(c.Value)).ToList();
        if (real.Count == 0 || real.Count > Most(field, training) || total < (long)LeastRepetition * real.Count) return null;
        // Where nearly all numbers are one and the same, usually 0, the others are not wrong.
        if (real.Count == 1 && counts.Count > 1 && !IsText(field, training)) return null;
        if (accepted.Count > Math.Max(MostAccepted, real.Count)) accepted = [];
        var list = real.Select(r => r.Value).Concat(accepted).ToList();
        // The share of values seen once estimates how much is still unseen (Good and Turing).
        var unseen = counts.Count(c => c.Count == 1 && !rare.Contains(c.Value) && !accepted.Contains(c.Value)) / (double)total;
        var wrong = counts.Where(c => rare.Contains(c.Value)).Sum(c => c.Count);
        if (unseen == 0 && wrong <= MostWrong * total)
            return Candidate.Of("expectedValues", apart.Count > 0 ? 4 : 1, $"{field.Name} is one of {list.Count} values", [field.Name], ("list", list)).But(wrong, total, rare.Why);
        if (training.Request.Level < 5 || unseen >= 0.02) return null;
        var coverage = Math.Floor(1000 * (1 - 3 * unseen - wrong / (double)total - 0.01)) / 1000;
        return PresenceCandidates.Coverage(Candidate.Of("expectedValues", 5, $"{field.Name} is mostly one of {list.Count} values", [field.Name], ("list", list)), coverage);
    }

    private static int Unseen(IReadOnlyList<ValueCount> counts, RareValues rare) => counts.Count(c => c.Count == 1 && !rare.Contains(c.Value));

    private static int Most(FieldProfile field, TrainingRows training) => IsText(field, training) ? training.Request.MostCategories : MostNumbers;

    private static bool IsText(FieldProfile field, TrainingRows training) => field.Type == FieldKind.String && !training.Near.ContainsKey(field.Name);

    private static bool IsCategory(FieldProfile field, TrainingRows training) => training.HasEvidence(field) && field.Type is FieldKind.String or FieldKind.Integral
        && field.ApproximateDistinctValues <= ValuesPerCategory * Most(field, training) && field.Values >= 2 * field.ApproximateDistinctValues
        && (IsText(field, training) || field.ApproximateDistinctValues <= MostNumbers || training.Tolerance > 0);

    /// <summary>How often values occur in the other fields of few values.</summary>
    private static Dictionary<string, long> Elsewhere(List<(FieldProfile Field, IReadOnlyList<ValueCount> Counts)> read, FieldProfile field) => read
        .Where(r => r.Field != field && r.Field.Type == FieldKind.String).SelectMany(r => r.Counts).GroupBy(c => c.Value, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Max(c => c.Count), StringComparer.Ordinal);
}
