using Assay.Quality.Profiling;

namespace Assay.Quality.Inference;

/// <summary>Orders and equality of two fields that hold in every row, though their ranges would allow otherwise.</summary>
internal static class FieldPairCandidates
{
    private const int MostPairs = 120;

    public static async Task<IReadOnlyList<Candidate>> OfAsync(TrainingRows training, CancellationToken cancellation)
    {
        if (training.Request.Level < 3) return [];
        var pairs = Pairs(training).Take(MostPairs).ToList();
        var fetched = training.Fetched is { } rows ? pairs.ToDictionary(p => p, p => FieldPairFigures.Of(rows, training, p.A, p.B)) : [];
        var others = pairs.Where(p => fetched.GetValueOrDefault(p) is null).ToList();
        var counts = await training.FiguresAsync([.. others.SelectMany(p => FieldPairFigures.Sql(training, p.A, p.B))], cancellation);
        for (var i = 0; i < others.Count; i++) fetched[others[i]] = FieldPairFigures.Of(counts, i * FieldPairFigures.Count);
        List<Candidate> candidates = [];
        for (var i = 0; i < pairs.Count; i++)
        {
            var (a, b) = (pairs[i].A.Name, pairs[i].B.Name);
            var (less, equal, greater, overlap) = fetched[pairs[i]]!;
            var total = less + equal + greater;
            if (total < TrainingRows.LeastRows) continue;
            // Unrelated fields happen to be in order in nearly all rows; those that belong together are named alike.
            var allowed = IsTime(pairs[i].A) || ShareAWord(a, b) ? training.Tolerance * total : 0;
            if (equal == total) candidates.Add(Make("equalToField", $"{a} equals {b}", a, b, null, 0, total));
            // Where the ranges lie apart, the order says no more than the ranges do.
            else if (overlap > 0.05 * total && greater <= allowed) candidates.Add(Make("lessThanField", $"{a} is less than {b}", a, b, equal > 0, greater, total));
            else if (overlap > 0.05 * total && less <= allowed) candidates.Add(Make("greaterThanField", $"{a} is greater than {b}", a, b, equal > 0, less, total));
        }

        return candidates;

        static Candidate Make(string rule, string what, string a, string b, bool? inclusive, long broken, long total) =>
            Candidate.Of(rule, broken > 0 ? 4 : 3, what, [a], ("field_name", b), ("inclusive", inclusive)).But(broken, total, "nearly all other rows are in that order");
    }

    internal static bool IsTime(FieldProfile field) => field.Type is FieldKind.Date or FieldKind.Timestamp;

    private static bool ShareAWord(string a, string b) => Words(a).Intersect(Words(b), StringComparer.OrdinalIgnoreCase).Any();

    private static IEnumerable<string> Words(string name) => name.Split([' ', '_', '-', '.'], StringSplitOptions.RemoveEmptyEntries).Where(w => w.Length > 2);

    /// <summary>Numbers that correlate, and times.</summary>
    private static IEnumerable<(FieldProfile A, FieldProfile B)> Pairs(TrainingRows training)
    {
        var fields = training.Profiles.Where(training.HasEvidence).ToList();
        for (var i = 0; i < fields.Count; i++)
        {
            foreach (var other in fields.Skip(i + 1))
            {
                var times = IsTime(fields[i]) && IsTime(other);
                if (times || Correlate(fields[i], other, training.Request.Correlation) || Correlate(other, fields[i], training.Request.Correlation)) yield return (fields[i], other);
            }
        }
    }

    private static bool Correlate(FieldProfile a, FieldProfile b, double least) =>
        a.Correlations.Any(c => c.Field == b.Name && Math.Abs(c.Correlation) >= least);
}
