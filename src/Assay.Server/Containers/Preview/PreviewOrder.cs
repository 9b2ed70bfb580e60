using Assay.Engine;
using Assay.Server.Fields;
using Assay.Server.Web.Responses;

namespace Assay.Server.Containers.Preview;

/// <summary>The order that a preview asks for.</summary>
internal static class PreviewOrder
{
    /// <returns>An ORDER BY of the engine; empty where none is wanted.</returns>
    public static Outcome<string> Of(IReadOnlyList<string>? wanted, IReadOnlyList<Field> fields)
    {
        var (parts, errors) = (new List<string>(), new List<FieldError>());
        foreach (var (text, index) in (wanted ?? []).Select((w, i) => (w, i)))
        {
            var (name, direction) = Split(text, fields);
            if (fields.Any(f => f.Name == name)) parts.Add($"{EngineName.Quote(name)} {direction} NULLS LAST");
            else errors.Add(new FieldError(["query", "sort_columns", index], $"There is no field '{name}' to sort by", "unknown_field"));
        }
        return errors.Count > 0 ? Failure.Invalid(errors) : parts.Count == 0 ? "" : $" ORDER BY {string.Join(", ", parts)}";
    }

    private static (string Name, string Direction) Split(string text, IReadOnlyList<Field> fields)
    {
        if (fields.Any(f => f.Name == text)) return (text, "ASC");
        foreach (var direction in (string[])["asc", "desc"])
            if (text.EndsWith($" {direction}", StringComparison.OrdinalIgnoreCase)) return (text[..^(direction.Length + 1)].TrimEnd(), direction.ToUpperInvariant());
        return (text, "ASC");
    }
}
