using Assay.Quality.Checks;
using Assay.Quality.Rules;

namespace Assay.Quality.Scanning;

/// <summary>A check on its way through a scan.</summary>
internal sealed class CheckPlan(ScanCheck check, Rule rule, CheckScope scope)
{
    public ScanCheck Source => check;

    public CheckDefinition Check => check.Check;

    public Rule Rule => rule;

    public CheckScope Scope => scope;

    /// <summary>The rows as the rule sees them; null for rules that see none.</summary>
    public RowScope? Row { get; set; }

    /// <summary>For rules on rows: true where a row breaks the rule, never NULL.</summary>
    public string? Broken { get; set; }

    /// <summary>An aggregate in the place of counting: false where no row breaks the rule; null where rows have to be counted.</summary>
    public string? Doubt { get; set; }

    /// <summary>The same, where several checks on a field share the looking at its different values.</summary>
    public string? DoubtByValue { get; set; }

    /// <summary>Rows that the filter let through.</summary>
    public long Asserted { get; set; }

    /// <summary>For rules on rows: those that broke the rule.</summary>
    public long Failures { get; set; }

    /// <summary>For all rules, once they have been asserted.</summary>
    public Verdict? Verdict { get; set; }

    /// <summary>For rules on rows, where partitions are known.</summary>
    public IReadOnlyList<PartitionAssertion>? Partitions { get; set; }

    public bool Failed => Verdict?.Passed == false;

    /// <summary>Whether each failing row is an anomaly of its own.</summary>
    public bool IsSingle(int threshold) => Failed && rule is RecordRule && !Check.IsShape && Failures <= threshold;

    public void GiveUp(string why) => Verdict = Verdict.NotAsserted(why) with { Asserted = Asserted };

    public CheckOutcome Outcome => new(
        Check.Id,
        Verdict?.Passed switch { true => Assertion.Passed, false => Assertion.Failed, null => Assertion.Unasserted },
        Verdict?.Asserted ?? 0,
        Verdict?.Passed is null ? null : Verdict.Anomalous,
        Verdict?.Measurement,
        Verdict?.Passed == true ? null : Verdict?.Message)
    { Partitions = Partitions };
}
