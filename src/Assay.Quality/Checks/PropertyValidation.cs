using Assay.Quality.Rules;

namespace Assay.Quality.Checks;

/// <summary>Whether a check's properties are those of its rule and of the right types.</summary>
internal static class PropertyValidation
{
    /// <summary>Properties that clients send with checks of any rule.</summary>
    private static readonly HashSet<string> Shared = new(["is_element_context", "inclusive"], StringComparer.Ordinal);

    private static readonly HashSet<string> Known =
        [.. RuleCatalogue.All.SelectMany(r => r.Spec.Properties).Select(p => p.Name), "last_value", "ref_container_name", "ref_datastore_name", "equation"];

    public static IEnumerable<CheckFault> Faults(RuleSpec rule, CheckReview review)
    {
        var properties = review.Properties;
        var specs = rule.Properties.ToDictionary(p => p.Name, StringComparer.Ordinal);
        foreach (var name in properties.Names.Where(n => properties.Has(n) && !specs.ContainsKey(n) && !Shared.Contains(n)))
        {
            // The object is one for all rules: what belongs to another rule and says nothing is no mistake.
            if (!Known.Contains(name)) yield return CheckFault.Property(name, "is not a property of any rule");
        }

        foreach (var spec in rule.Properties)
        {
            if (properties.Raw(spec.Name) is { } value)
            {
                if (PropertyValues.Fault(spec, value) is { } wrong) yield return CheckFault.Property(spec.Name, wrong);
                else if (FieldFault(spec, review) is { } unknown) yield return CheckFault.Property(spec.Name, unknown);
            }
            else if (spec.Required)
            {
                yield return CheckFault.Property(spec.Name, $"is required by {rule.Name}");
            }
            else if (spec.OneOf.Count > 0 && spec.OneOf[0] == spec.Name && !spec.OneOf.Any(properties.Has))
            {
                yield return CheckFault.Property(spec.Name, $"or {string.Join(" or ", spec.OneOf.Skip(1))} is required by {rule.Name}");
            }
        }
    }

    /// <summary>A property that names a field of the same container has to name one that is there, and of the right type.</summary>
    private static string? FieldFault(PropertySpec spec, CheckReview review)
    {
        if (spec.Type != PropertyType.Field || review.Container.Count == 0 || RefersElsewhere(review)) return null;
        var name = review.Properties.Text(spec.Name)!;
        return review.Container.FirstOrDefault(f => f.Name == name) is not { } field ? $"names '{name}', which is not a field of the container"
            : spec.FieldTypes.Count > 0 && field.Type != FieldType.Unknown && !spec.FieldTypes.Contains(field.Type) ? $"names '{name}' of type {field.Type}"
            : null;
    }

    private static bool RefersElsewhere(CheckReview review) =>
        RuleCatalogue.Find(review.Check.Rule)!.Spec.Properties.Any(p => p.Type == PropertyType.Container);
}
