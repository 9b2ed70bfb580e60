using System.Text.Json;

namespace Assay.Sources.Warehouses;

/// <summary>Looks into vendors' answers, in which members may be missing or null.</summary>
internal static class Json
{
    /// <summary>A member along a path; undefined where there is none, or null.</summary>
    public static JsonElement At(this JsonElement element, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
            if (element.ValueKind is not JsonValueKind.Object || !element.TryGetProperty(name, out element)) return default;
        return element.ValueKind is JsonValueKind.Null ? default : element;
    }

    /// <summary>A member as text: a string's content, anything else as it is written; null where there is none.</summary>
    public static string? TextAt(this JsonElement element, params ReadOnlySpan<string> path) => element.At(path).Text();

    /// <inheritdoc cref="TextAt"/>
    public static string? Text(this JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => null,
        JsonValueKind.String => element.GetString(),
        _ => element.GetRawText(),
    };

    public static long? NumberAt(this JsonElement element, params ReadOnlySpan<string> path) =>
        long.TryParse(element.TextAt(path), System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>The items of an array; none where there is no array.</summary>
    public static IEnumerable<JsonElement> ItemsAt(this JsonElement element, params ReadOnlySpan<string> path) =>
        element.At(path) is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray() : [];
}
