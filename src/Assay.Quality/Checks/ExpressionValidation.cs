using Assay.Quality.Expressions;
using Assay.Quality.Rules;

namespace Assay.Quality.Checks;

/// <summary>Whether a check's filter and expressions can be run: their grammar, their functions, their fields.</summary>
internal static class ExpressionValidation
{
    /// <summary>Nothing depends on the time but what it gives.</summary>
    private static readonly ExpressionSettings Settings = new(DateTimeOffset.UnixEpoch) { VariablesRequired = false };

    public static IEnumerable<CheckFault> Faults(RuleSpec rule, CheckReview review)
    {
        if (rule.Filterable && Fault("filter", review.Check.Filter, review, (text, columns) => Condition(text, columns)) is { } filter)
            yield return filter;
        foreach (var spec in rule.Properties.Where(p => p.Type == PropertyType.SparkSql && !p.Name.StartsWith("ref_", StringComparison.Ordinal)))
        {
            if (Fault($"properties.{spec.Name}", review.Properties.Text(spec.Name), review, (text, columns) => Translate(rule, text, columns)) is { } fault)
                yield return fault;
        }
    }

    private static SparkExpression Translate(RuleSpec rule, string text, IEnumerable<ExpressionColumn> columns) => rule.Name switch
    {
        "satisfiesExpression" => Condition(text, columns),
        "aggregationComparison" => SparkExpression.Translate(text, columns, Settings, ExpressionMode.Aggregate, "self"),
        _ => SparkExpression.Translate(text, columns, Settings, ExpressionMode.Row, "self"),
    };

    /// <summary>As in Spark, a text or a number is no condition. Scans are not as strict: some sources deliver booleans as either.</summary>
    private static SparkExpression Condition(string text, IEnumerable<ExpressionColumn> columns)
    {
        IReadOnlyList<ExpressionColumn> known = [.. columns];
        var condition = SparkExpression.Condition(text, known, Settings, "self");
        if (condition.Fault is not null) return condition;
        var type = SparkExpression.Translate(text, known, Settings, ExpressionMode.Row, "self").Type;
        return type.Kind is SqlKind.Boolean or SqlKind.Null or SqlKind.Unknown ? condition : condition with { Fault = new ExpressionFault(0, $"A condition is true or false, not a {type}") };
    }

    private static CheckFault? Fault(string member, string? text, CheckReview review, Func<string, IEnumerable<ExpressionColumn>, SparkExpression> translate)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        if (text.Length > CheckValidator.LongestExpression) return new(member, $"must not be longer than {CheckValidator.LongestExpression} characters");
        // A template has no container yet, so that nothing is known about its names.
        if (review.Container.Count == 0) return null;
        return translate(text, SparkExpression.Columns(review.Container)).Fault is { } fault ? new(member, fault.ToString(), fault.Position) : null;
    }
}
