using Assay.Quality.Profiling;

namespace Assay.Quality.Inference;

/// <summary>Fields that always have a value, pairs of which one always has, and at level 5 fields that mostly have; and the schema.</summary>
internal static class PresenceCandidates
{
    private const int MostIncomplete = 10;

    /// <summary>Where more is missing, that is how the field is.</summary>
    private const double MostMissing = 0.01;

    public static async Task<IReadOnlyList<Candidate>> OfAsync(TrainingRows training, CancellationToken cancellation)
    {
        var level = training.Request.Level;
        List<Candidate> candidates = [];
        foreach (var field in training.Profiles.Where(f => training.Rows >= TrainingRows.LeastRows && f.Completeness is not null))
        {
            var missing = 1 - field.Completeness!.Value;
            if (missing <= Math.Min(MostMissing, training.Tolerance))
            {
                candidates.Add(Candidate.Of("notNull", missing > 0 ? 4 : 1, missing > 0 ? $"{field.Name} is hardly ever NULL" : $"{field.Name} is never NULL", [field.Name])
                    .But((long)Math.Round(missing * training.Rows), training.Rows, "nearly all rows have a value"));
            }
            else if (level >= 5 && missing < 0.5)
            {
                // Three standard deviations below what was seen, so that chance alone does not fail it.
                var coverage = Math.Floor(1000 * (field.Completeness.Value - 3 * Math.Sqrt(missing * (1 - missing) / (training.Rows * training.Request.TestShare)))) / 1000;
                if (coverage > 0.4) candidates.Add(Coverage(Candidate.Of("notNull", 5, $"{field.Name} is NULL in {missing:P1} of rows", [field.Name]), coverage));
            }
        }

        if (level >= 2)
        {
            candidates.Add(Candidate.Of("expectedSchema", 2, "The fields that were there at the profile stay", [],
                ("list", training.Request.Rows.Fields.Select(f => f.Name).ToList()), ("allow_other_fields", true)));
        }

        candidates.AddRange(await PairsAsync(training, cancellation));
        return candidates;
    }

    public static Candidate Coverage(Candidate candidate, double coverage) => candidate with { Check = candidate.Check with { Coverage = coverage } };

    /// <summary>Of two incomplete fields one has a value in every row, although by chance some rows would have neither.</summary>
    private static async Task<IEnumerable<Candidate>> PairsAsync(TrainingRows training, CancellationToken cancellation)
    {
        var fields = training.Profiles.Where(f => f.Completeness is > 0.05 and < 0.95 && f.Type is not (FieldKind.Array or FieldKind.Struct)).Take(MostIncomplete).ToList();
        var pairs = fields.SelectMany((a, i) => fields.Skip(i + 1).Select(b => (A: a, B: b)))
            .Where(p => (1 - p.A.Completeness) * (1 - p.B.Completeness) * training.Rows >= 10)
            .ToList();
        var neither = training.Fetched is { } rows ? [.. pairs.Select(p => (object?)Neither(rows, p.A, p.B))]
            : await training.FiguresAsync([.. pairs.Select(p => $"countIf({training.Value(p.A).IsNull} AND {training.Value(p.B).IsNull})")], cancellation);
        return pairs.Where((_, i) => Convert.ToInt64(neither[i], null) == 0)
            .Select(p => Candidate.Of("anyNotNull", 1, $"{p.A.Name} or {p.B.Name} always has a value", [p.A.Name, p.B.Name]));
    }

    private static long Neither(FetchedRows rows, FieldProfile a, FieldProfile b) =>
        rows.Training.Where((training, i) => training && rows[a].Rows[i] == FetchedField.None && rows[b].Rows[i] == FetchedField.None).LongCount();
}
