using Assay.Quality.Scanning;

namespace Assay.Quality.Rules;

/// <summary>A rule on single rows whose condition is known only after a look at all of them.</summary>
internal abstract class PreparedRule(RuleSpec spec) : RecordRule(spec)
{
    /// <summary>Looks, and gives the condition that is true for rows that break the rule.</summary>
    internal abstract Task<string> PrepareAsync(StatementScope scope, CancellationToken cancellation);

    internal sealed override string Broken(RowScope row) => throw new InvalidOperationException($"{Name} has to be prepared.");
}
