using Assay.Quality.Rules;

namespace Assay.Quality.Checks;

/// <summary>Finds what is wrong with a check before it is stored: everything at once, each with the member at fault.</summary>
public static class CheckValidator
{
    /// <summary>The longest filter or expression, in characters.</summary>
    public const int LongestExpression = 50_000;

    /// <param name="check">The check.</param>
    /// <param name="container">The container's fields; empty where there is no container yet, as for templates.</param>
    /// <returns>Nothing when the check can be stored.</returns>
    public static IReadOnlyList<CheckFault> Validate(CheckDefinition check, IReadOnlyList<ContainerField> container)
    {
        if (RuleCatalogue.Find(check.Rule) is not { } rule)
            return [new("rule", $"'{check.Rule}' is not a rule type")];

        var known = check.Fields
            .Select(name => container.FirstOrDefault(f => f.Name == name))
            .OfType<ContainerField>()
            .ToList();
        var review = new CheckReview(check, known, container);
        var properties = PropertyValidation.Faults(rule.Spec, review).ToList();
        return
        [
            .. FieldValidation.Faults(rule.Spec, review),
            .. Coverage(rule.Spec, check),
            .. Filter(rule.Spec, check),
            .. properties,
            // A rule may rely on properties of the right shape.
            .. properties.Count == 0 ? rule.Review(review) : [],
            .. ExpressionValidation.Faults(rule.Spec, review),
        ];
    }

    private static IEnumerable<CheckFault> Coverage(RuleSpec rule, CheckDefinition check)
    {
        if (check.Coverage is not { } coverage) yield break;
        if (!(coverage >= 0 && coverage <= 1))
            yield return new("coverage", "must be between 0 and 1");
        else if (coverage < 1 && !rule.SupportsCoverage)
            yield return new("coverage", $"is not supported by {rule.Name}");
    }

    private static IEnumerable<CheckFault> Filter(RuleSpec rule, CheckDefinition check)
    {
        if (!string.IsNullOrWhiteSpace(check.Filter) && !rule.Filterable)
            yield return new("filter", $"is not supported by {rule.Name}");
    }
}
