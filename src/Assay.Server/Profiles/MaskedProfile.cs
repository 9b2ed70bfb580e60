using Assay.Quality.Profiling;

namespace Assay.Server.Profiles;

/// <summary>
/// A profile without what would tell masked values: of a masked field only counts and shares stay (completeness, distinct values, entropy), since
/// a mean over few rows is a value; of others their relations to masked fields go.
/// </summary>
internal static class MaskedProfile
{
    public static FieldProfile Of(FieldProfile found, string name, IReadOnlySet<string> masked)
    {
        if (masked.Count == 0) return found;
        return masked.Contains(name) ? Masked(found) : found with
        {
            Correlations = [.. found.Correlations.Where(c => !masked.Contains(c.Field))],
            Regressions = [.. found.Regressions.Where(r => !masked.Contains(r.Field))],
        };
    }

    private static FieldProfile Masked(FieldProfile found) => new()
    {
        Name = found.Name,
        Type = found.Type,
        TypeDeclared = found.TypeDeclared,
        Completeness = found.Completeness,
        Values = found.Values,
        ApproximateDistinctValues = found.ApproximateDistinctValues,
        UniqueDistinctRatio = found.UniqueDistinctRatio,
        Entropy = found.Entropy,
        Message = found.Message,
        Element = found.Element is { } element ? Masked(element) : null,
        SubFields = [.. found.SubFields.Select(Masked)],
    };
}
