using Assay.Quality.Checks;

namespace Assay.Quality.Rules;

/// <summary>Two fields that are compared have to be of types that can be.</summary>
internal static class FieldPair
{
    public static IEnumerable<CheckFault> SameFamily(CheckReview check)
    {
        var name = check.Properties.Text("field_name");
        if (name is null || check.Fields.Count == 0) yield break;
        if (name == check.Fields[0].Name)
            yield return CheckFault.Property("field_name", "must not be the check's own field");
        if (check.Container.FirstOrDefault(f => f.Name == name) is { } other && Family(other.Type) is { } family && Family(check.Fields[0].Type) is { } own && family != own)
            yield return CheckFault.Property("field_name", $"is of type {other.Type}, which does not compare with {check.Fields[0].Type}");
    }

    private static string? Family(FieldType type) => type switch
    {
        FieldType.Integral or FieldType.Fractional => "numbers",
        FieldType.Date or FieldType.Timestamp => "times",
        FieldType.String => "text",
        _ => null,
    };
}
