using Assay.Quality.Rules;

namespace Assay.Quality.Checks;

/// <summary>Whether a check names the right number of fields of the right types.</summary>
internal static class FieldValidation
{
    public static IEnumerable<CheckFault> Faults(RuleSpec rule, CheckReview review)
    {
        var names = review.Check.Fields;
        var wrong = rule.Fields switch
        {
            FieldScope.Single when names.Count != 1 => $"{rule.Name} takes exactly one field",
            FieldScope.Multi when names.Count == 0 => $"{rule.Name} takes at least one field",
            FieldScope.None when names.Count > 0 => $"{rule.Name} takes no fields",
            _ => null,
        };
        if (wrong is not null) yield return new("fields", wrong);
        if (names.GroupBy(n => n, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
            yield return new("fields", $"names '{twice.Key}' twice");

        // The fields of a calculated rule follow from its expression, which is reviewed on its own.
        if (review.Container.Count == 0 || rule.Fields == FieldScope.Calculated) yield break;
        foreach (var name in names.Where(n => review.Container.All(f => f.Name != n)))
            yield return new("fields", $"names '{name}', which is not a field of the container");

        if (review.Elements)
        {
            if (!rule.Elements) yield return CheckFault.Property("is_element_context", $"is not supported by {rule.Name}");
            else if (review.Fields.Count != 1) yield return CheckFault.Property("is_element_context", "needs exactly one field");
            else if (review.Fields[0].Type != FieldType.Array) yield return CheckFault.Property("is_element_context", $"needs an array; '{review.Fields[0].Name}' is of type {review.Fields[0].Type}");
        }

        foreach (var field in review.Fields)
        {
            var type = review.Elements ? field.ElementType ?? FieldType.Unknown : field.Type;
            // What is not known cannot be wrong.
            if (type != FieldType.Unknown && rule.FieldTypes.Count > 0 && !rule.FieldTypes.Contains(type))
                yield return new("fields", $"names '{field.Name}' of type {type}; {rule.Name} takes {string.Join(", ", rule.FieldTypes)}");
        }
    }
}
