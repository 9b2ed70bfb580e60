using System.Text.Json;
using Assay.Quality.Expressions;
using Assay.Quality.Rules;

namespace Assay.Quality.Checks;

/// <summary>Whether one property's value is of its type and within its bounds.</summary>
internal static class PropertyValues
{
    public static string? Fault(PropertySpec spec, JsonElement value) => spec.Type switch
    {
        PropertyType.Number => Number(spec, value),
        PropertyType.Boolean => CheckProperties.FlagOf(value) is null ? "must be true or false" : null,
        PropertyType.DateTime => value.ValueKind != JsonValueKind.String || CheckProperties.TimeOf(value.GetString()!) is null
            ? "must be a date and time, such as 2024-01-31T00:00:00Z" : null,
        PropertyType.Container or PropertyType.Datastore => value.ValueKind != JsonValueKind.Number || !value.TryGetInt64(out var id) || id <= 0 ? "must be an id" : null,
        PropertyType.List => List(spec, value),
        PropertyType.Fields => value.ValueKind != JsonValueKind.Array || value.EnumerateArray().Any(e => e.ValueKind != JsonValueKind.String) ? "must be a list of names of fields" : null,
        PropertyType.Enum => value.ValueKind != JsonValueKind.String || !spec.Choices.Any(c => c.Means(value.GetString()!))
            ? $"must be one of {string.Join(", ", spec.Choices.Select(c => c.Value))}" : null,
        PropertyType.NumericComparator => Comparator(value, "epsilon", v => CheckProperties.NumberOf(v) is >= 0, "a number that is not negative"),
        PropertyType.DurationComparator => Comparator(value, "millis", v => CheckProperties.NumberOf(v) is >= 0, "a number of milliseconds that is not negative"),
        PropertyType.StringComparator => Comparator(value, "ignore_whitespace", v => CheckProperties.FlagOf(v) is not null, "true or false"),
        _ => Text(spec, value),
    };

    private static string? Number(PropertySpec spec, JsonElement value)
    {
        if (CheckProperties.NumberOf(value) is not { } number)
            return value.ValueKind == JsonValueKind.Number ? "must be a number of at most 28 digits" : "must be a number";
        if (spec.Whole && number != decimal.Truncate(number)) return "must be a whole number";
        if (number < spec.Minimum) return $"must be at least {spec.Minimum}";
        return number > spec.Maximum ? $"must be at most {spec.Maximum}" : null;
    }

    private static string? List(PropertySpec spec, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Array) return "must be a list";
        if (value.GetArrayLength() == 0) return "must not be empty";
        if (value.EnumerateArray().Any(e => e.ValueKind is JsonValueKind.Array or JsonValueKind.Object)) return "must hold plain values";
        return spec.Choices.Count > 0 && value.EnumerateArray().Any(e => !spec.Choices.Any(c => c.Means(CheckProperties.TextOf(e))))
            ? $"must hold only {string.Join(", ", spec.Choices.Select(c => c.Value))}" : null;
    }

    private static string? Comparator(JsonElement value, string member, Func<JsonElement, bool> fits, string what) =>
        value.ValueKind != JsonValueKind.Object ? "must be an object"
        : value.TryGetProperty(member, out var inner) && fits(inner) ? null
        : $"needs {member}: {what}";

    private static string? Text(PropertySpec spec, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String || string.IsNullOrWhiteSpace(value.GetString())) return "must be text";
        return spec.Pattern ? JavaPattern.Fault(value.GetString()!) : null;
    }
}
