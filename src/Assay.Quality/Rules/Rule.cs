using Assay.Quality.Checks;

namespace Assay.Quality.Rules;

/// <summary>A kind of check. How it is asserted is the business of its family.</summary>
public abstract class Rule
{
    private protected Rule(RuleSpec spec) => Spec = spec;

    /// <summary>The contract's name.</summary>
    public string Name => Spec.Name;

    /// <summary>What is to be known about it.</summary>
    public RuleSpec Spec { get; }

    /// <summary>What is wrong with a check beyond what <see cref="Spec"/> says of its members one by one.</summary>
    internal virtual IEnumerable<CheckFault> Review(CheckReview check) => [];
}
