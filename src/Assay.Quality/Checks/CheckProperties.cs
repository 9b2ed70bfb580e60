using System.Globalization;
using System.Text.Json;

namespace Assay.Quality.Checks;

/// <summary>The flat object of properties that all rules share. Reading is lenient about numbers and flags written as text.</summary>
public sealed class CheckProperties
{
    private readonly JsonElement? json;

    private CheckProperties(JsonElement? json) => this.json = json;

    /// <summary>No properties.</summary>
    public static CheckProperties None { get; } = new(null);

    /// <summary>Properties as the API got them; null and anything but an object count as none.</summary>
    public static CheckProperties Of(JsonElement? json) =>
        json is { ValueKind: JsonValueKind.Object } value ? new(value.Clone()) : None;

    /// <summary>Properties from the text of a JSON object; null and empty text count as none.</summary>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    public static CheckProperties Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return None;
        using var document = JsonDocument.Parse(text);
        return Of(document.RootElement);
    }

    /// <summary>Properties of these names and values; nulls are left out.</summary>
    public static CheckProperties From(params (string Name, object? Value)[] members) =>
        Of(JsonSerializer.SerializeToElement(members.Where(m => m.Value is not null).ToDictionary(m => m.Name, m => m.Value)));

    /// <summary>The properties as JSON; an empty object for none.</summary>
    public override string ToString() => json is { } value ? value.GetRawText() : "{}";

    internal IEnumerable<string> Names => json is { } value ? value.EnumerateObject().Select(p => p.Name) : [];

    internal bool Has(string name) => Raw(name) is not null;

    /// <summary>The member as it came; null where it is absent or null.</summary>
    internal JsonElement? Raw(string name) =>
        json is { } value && value.TryGetProperty(name, out var member) && member.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined)
            ? member
            : null;

    internal decimal? Number(string name) => Raw(name) is { } value ? NumberOf(value) : null;

    internal bool Flag(string name, bool fallback = false) => Raw(name) is { } value ? FlagOf(value) ?? fallback : fallback;

    internal string? Text(string name) => Raw(name) is { } value ? TextOf(value) : null;

    internal DateTimeOffset? Time(string name) => Text(name) is { } text ? TimeOf(text) : null;

    internal IReadOnlyList<string> List(string name) => Raw(name) is { ValueKind: JsonValueKind.Array } value
        ? [.. value.EnumerateArray().Where(e => e.ValueKind != JsonValueKind.Null).Select(TextOf)]
        : [];

    internal CheckProperties Object(string name) => Of(Raw(name));

    internal static decimal? NumberOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => value.TryGetDecimal(out var number) ? number : null,
        JsonValueKind.String => NumberOf(value.GetString()!),
        _ => null,
    };

    internal static decimal? NumberOf(string text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    internal static bool? FlagOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String => bool.TryParse(value.GetString(), out var flag) ? flag : null,
        _ => null,
    };

    internal static string TextOf(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    /// <summary>A time in ISO 8601, or with a space between date and time; without a zone it is UTC.</summary>
    internal static DateTimeOffset? TimeOf(string text) => DateTimeOffset.TryParse(
        text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;
}
