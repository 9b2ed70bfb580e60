using Assay.Quality.Scanning;

namespace Assay.Quality.Rules;

/// <summary>A rule that all rows keep or break together, by figures that one pass over them gives.</summary>
internal abstract class AggregateRule(RuleSpec spec) : Rule(spec)
{
    /// <summary>Aggregates of the engine over the filtered rows; the pass adds the number of asserted rows by itself.</summary>
    internal abstract IReadOnlyList<string> Figures(RowScope row);

    /// <summary>What the figures mean.</summary>
    /// <param name="check">The check.</param>
    /// <param name="asserted">Rows that the filter let through.</param>
    /// <param name="figures">The values of <see cref="Figures"/>.</param>
    internal abstract Verdict Judge(CheckScope check, long asserted, IReadOnlyList<object?> figures);
}
