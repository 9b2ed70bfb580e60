using Assay.Quality.Rules;

namespace Assay.Quality.Scores;

/// <summary>Which dimensions the anomalies of a rule lower.</summary>
public static class ScoreRules
{
    /// <summary>Every pair of a rule's name and a dimension that it counts in.</summary>
    public static IReadOnlyList<(string Rule, Dimension Dimension)> All { get; } = [.. RuleCatalogue.All.SelectMany(r => Of(r.Spec).Select(d => (r.Name, d)))];

    // Accuracy is of all rules on data; those on the container itself, its structure, volume and freshness, are none.
    private static IEnumerable<Dimension> Of(RuleSpec spec)
    {
        if (spec.Dimension switch
        {
            ScoreDimension.Conformity => Dimension.Conformity,
            ScoreDimension.Precision => Dimension.Precision,
            ScoreDimension.Timeliness => Dimension.Timeliness,
            ScoreDimension.Volumetrics => Dimension.Volumetrics,
            _ => (Dimension?)null,
        } is { } own) yield return own;
        if (spec.Fields != FieldScope.None) yield return Dimension.Accuracy;
    }
}
