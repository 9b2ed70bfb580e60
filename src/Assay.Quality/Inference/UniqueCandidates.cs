using Assay.Quality.Profiling;

namespace Assay.Quality.Inference;

/// <summary>Fields whose values do not recur and that look like keys: whole numbers and short texts.</summary>
internal static class UniqueCandidates
{
    public static Task<IReadOnlyList<Candidate>> OfAsync(TrainingRows training, CancellationToken cancellation)
    {
        IReadOnlyList<Candidate> candidates =
        [
            .. training.Profiles
                .Where(f => training.HasEvidence(f) && f.Completeness > 0.9 && f.Type is FieldKind.Integral or FieldKind.String && !(f.MaxLength > 64) && !(f.MeanLength > 40))
                .Select(f => (Field: f, Surplus: 1 - ((f.ApproximateDistinctValues ?? 0) / (double)f.Values!.Value)))
                // The count of distinct values is exact up to 65,536 and within some per cent above; the test is exact.
                .Where(c => c.Surplus <= (c.Field.ApproximateDistinctValues > 65_536 ? 0.02 : IsNamedKey(c.Field) ? training.Tolerance : 0))
                .Where(c => c.Surplus <= 0 || c.Field.Values > 100)
                .Select(c => Candidate.Of("unique", c.Surplus > 0 && c.Field.ApproximateDistinctValues <= 65_536 ? 4 : 2, $"{c.Field.Name} is unique", [c.Field.Name]) with { Allowed = IsNamedKey(c.Field) ? training.Tolerance : 0 }),
        ];
        return Task.FromResult(candidates);
    }

    /// <summary>Among random values some few are equal by chance; only where the name says that they must not be are those taken for errors.</summary>
    public static bool IsNamedKey(FieldProfile field) =>
        new[] { "id", "key", "uuid", "guid" }.Any(end => field.Name.EndsWith(end, StringComparison.OrdinalIgnoreCase));
}
