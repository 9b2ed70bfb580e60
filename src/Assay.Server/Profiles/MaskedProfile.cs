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
            Correlations = [.. found.Correlations.Where(c => !Hides(masked, c.Field))],
            Regressions = [.. found.Regressions.Where(r => !Hides(masked, r.Field))],
            SubFields = [.. found.SubFields.Select(member => Of(member, name, masked))],
        };
    }

    /// <summary>Members of structs are called by their paths.</summary>
    private static bool Hides(IReadOnlySet<string> masked, string field) => masked.Contains(field) || masked.Any(name => field.StartsWith($"{name}.", StringComparison.Ordinal));

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
