namespace Assay.Quality.Inference;

/// <summary>Leaves out checks that say no more than another one: few checks are read, many are not.</summary>
internal static class Overlaps
{
    /// <summary>Rules that are implied by another rule on the same field.</summary>
    private static readonly Dictionary<string, string[]> Implied = new(StringComparer.Ordinal)
    {
        ["notNegative"] = ["between", "expectedValues", "greaterThan"],
        ["notFuture"] = ["betweenTimes"],
        ["between"] = ["expectedValues"],
        ["matchesPattern"] = ["expectedValues"],
        ["afterDateTime"] = ["betweenTimes"],
    };

    public static IReadOnlyList<Candidate> Remove(IReadOnlyList<Candidate> candidates)
    {
        var made = candidates.Where(c => c.Check is { Coverage: null, Filter: null }).Select(c => (c.Check.Rule, string.Join('\n', c.Check.Fields))).ToHashSet();
        return [.. candidates.Where(c =>
        {
            var field = string.Join('\n', c.Check.Fields);
            if (c.Check.Coverage is not null && made.Contains((c.Check.Rule, field))) return false;
            if (c.Check.Rule == "unique" && c.Check.Fields.Any(f => c.Check.Fields.Count > 1 && made.Contains(("unique", f)))) return false;
            return !Implied.TryGetValue(c.Check.Rule, out var by) || !by.Any(rule => made.Contains((rule, field)) && !Allows(candidates, rule, c));
        })];
    }

    /// <summary>A range that lets negative numbers through does not imply that there are none.</summary>
    private static bool Allows(IReadOnlyList<Candidate> candidates, string rule, Candidate implied) =>
        rule == "between" && implied.Check.Rule == "notNegative"
        && candidates.First(c => c.Check.Rule == rule && c.Check.Fields.SequenceEqual(implied.Check.Fields)).Check.Properties.Number("min") < 0;
}
