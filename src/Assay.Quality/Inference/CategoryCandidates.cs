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

    public static async Task<IReadOnlyList<Candidate>> OfAsync(TrainingRows training, CancellationToken cancellation)
    {
        List<(FieldProfile Field, IReadOnlyList<ValueCount> Counts)> read = [];
        foreach (var field in training.Profiles.Where(f => IsCategory(f, training)))
        {
            var most = ValuesPerCategory * Most(field, training);
            var value = training.Value(field);
            var counts = await training.CountsAsync(value.Sql, value.IsNotNull, most, cancellation);
            if (counts.Count > 0 && counts.Count <= most) read.Add((field, counts));
        }

        return [.. read.Select(r => Of(training, r.Field, r.Counts, Elsewhere(read, r.Field))).OfType<Candidate>()];
    }

    private static Candidate? Of(TrainingRows training, FieldProfile field, IReadOnlyList<ValueCount> counts, IReadOnlyDictionary<string, long> elsewhere)
    {
        var rare = field.Type == FieldKind.String ? RareValues.Of(counts, elsewhere) : RareValues.None;
        var total = counts.Sum(c => c.Count);
        if (Unseen(counts, rare) > 0 && training.Tolerance > 0 && RareValues.Apart(counts, rare, MostWrong * total) is { } apart) rare = apart;
        var real = counts.Where(c => c.Training > 0 && !rare.Contains(c.Value)).ToList();
        if (real.Count == 0 || real.Count > Most(field, training) || total < (long)LeastRepetition * real.Count) return null;
        // Where nearly all numbers are one and the same, usually 0, the others are not wrong.
        if (real.Count == 1 && counts.Count > 1 && !IsText(field, training)) return null;
        var list = real.Select(r => r.Value).ToList();
        // The share of values seen once estimates how much is still unseen (Good and Turing).
        var unseen = Unseen(counts, rare) / (double)total;
        var wrong = counts.Where(c => rare.Contains(c.Value)).Sum(c => c.Count);
        if (unseen == 0 && wrong <= MostWrong * total)
            return Candidate.Of("expectedValues", 1, $"{field.Name} is one of {list.Count} values", [field.Name], ("list", list)).But(wrong, total, rare.Why);
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
