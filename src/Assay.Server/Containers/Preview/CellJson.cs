using System.Collections;
using System.Globalization;
using System.Net;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Engine;
using Assay.Server.Web;

namespace Assay.Server.Containers.Preview;

/// <summary>A value of the engine as JSON, without losing a digit.</summary>
internal static class CellJson
{
    public static JsonNode? Of(object? value) => value switch
    {
        null => null,
        string text => JsonValue.Create(text),
        bool flag => JsonValue.Create(flag),
        float number => float.IsFinite(number) ? JsonValue.Create(number) : NotFinite(number),
        double number => double.IsFinite(number) ? JsonValue.Create(number) : NotFinite(number),
        BigInteger or Int128 or UInt128 or EngineDecimal or decimal => Digits(((IFormattable)value).ToString(null, CultureInfo.InvariantCulture)),
        sbyte or byte or short or ushort or int or uint or long or ulong => Digits(((IFormattable)value).ToString(null, CultureInfo.InvariantCulture)),
        DateOnly day => JsonValue.Create(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        DateTimeOffset time => JsonValue.Create(time.UtcDateTime.ToString(TimestampConverter.Format, CultureInfo.InvariantCulture)),
        byte[] bytes => JsonValue.Create($"\\x{Convert.ToHexStringLower(bytes)}"),
        Guid or IPAddress or TimeSpan or EngineTimestamp => JsonValue.Create(value.ToString()),
        KeyValuePair<object, object?>[] map => new JsonObject(map.Select(p => KeyValuePair.Create(Convert.ToString(p.Key, CultureInfo.InvariantCulture)!, Of(p.Value)))),
        IEnumerable items => new JsonArray([.. items.Cast<object?>().Select(Of)]),
        _ => JsonValue.Create(Convert.ToString(value, CultureInfo.InvariantCulture)),
    };

    private static JsonValue NotFinite(double number) =>
        JsonValue.Create(double.IsNaN(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity");

    // As a number of the text itself: a .NET double would round what is wider.
    private static JsonValue? Digits(string text) => JsonValue.Create(JsonElement.Parse(text));
}
