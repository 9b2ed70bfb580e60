using Assay.Quality.Scanning;

namespace Assay.Quality.Rules;

/// <summary>A rule that needs statements of its own, because it compares rows with other rows.</summary>
internal abstract class StatementRule(RuleSpec spec) : Rule(spec)
{
    /// <summary>Runs them. Failures of the engine go through: the scan reports the check as not asserted.</summary>
    internal abstract Task<Verdict> RunAsync(StatementScope scope, CancellationToken cancellation);
}
