using Assay.Quality.Profiling;

namespace Assay.Quality.Inference;

/// <summary>Text fields that can be read as numbers or times but for a few values.</summary>
internal static class TypeCandidates
{
    public static Task<IReadOnlyList<Candidate>> OfAsync(TrainingRows training, CancellationToken cancellation)
    {
        IReadOnlyList<Candidate> candidates =
        [
            .. training.Near.Select(n => Candidate.Of("isType", 2, $"{n.Key} can be read as {Words(n.Value.Kind)}", [n.Key], ("field_type", n.Value.Kind.ToString()))
                .But(n.Value.Broken, n.Value.Values, "hardly two of them are spelled alike")),
        ];
        return Task.FromResult(candidates);
    }

    private static string Words(FieldKind kind) => kind switch
    {
        FieldKind.Integral => "a whole number",
        FieldKind.Fractional => "a number",
        FieldKind.Date => "a date",
        _ => "a time",
    };
}
