using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Assay.Server.Tests.Harness;

/// <summary>As much of JSON Schema as the OpenAPI document uses. An object may have no members that its schema does not know.</summary>
internal static class JsonSchema
{
    /// <summary>What a node or the reference in its place stands for.</summary>
    public static JsonNode Resolve(JsonNode document, JsonNode node) => (string?)node["$ref"] is { } reference
        ? Resolve(document, reference.TrimStart('#', '/').Split('/').Aggregate(document, (at, name) => at[name]!))
        : node;

    public static IEnumerable<string> Problems(JsonNode document, JsonNode schemaOrReference, JsonNode? value, string at)
    {
        var schema = Resolve(document, schemaOrReference);
        var kind = value?.GetValueKind() ?? JsonValueKind.Null;
        if ((schema["oneOf"] ?? schema["anyOf"]) is JsonArray choices)
        {
            if (choices.All(choice => Problems(document, choice!, value, at).Any()))
                yield return $"{at}: fits none of its forms: {string.Join(" | ", choices.Select(c => string.Join("; ", Problems(document, c!, value, at).Take(2))))}";
            yield break;
        }
        if (schema["type"] is { } type && !Types(type).Any(t => Fits(t, kind, value)))
        {
            yield return $"{at}: is {kind}, should be {type.ToJsonString()}";
            yield break;
        }
        if (schema["enum"] is JsonArray values && !values.Any(v => JsonNode.DeepEquals(v, value))) yield return $"{at}: {value?.ToJsonString()} is none of {values.ToJsonString()}";
        foreach (var problem in kind switch
        {
            JsonValueKind.String => OfText(schema, (string)value!, at),
            JsonValueKind.Number => OfNumber(schema, Number(value!), at),
            JsonValueKind.Array => OfArray(document, schema, value!.AsArray(), at),
            JsonValueKind.Object => OfObject(document, schema, value!.AsObject(), at),
            _ => [],
        }) yield return problem;
    }

    private static IEnumerable<string> Types(JsonNode type) => type is JsonArray many ? many.Select(t => (string)t!) : [(string)type!];

    private static bool Fits(string type, JsonValueKind kind, JsonNode? value) => type switch
    {
        "null" => kind == JsonValueKind.Null,
        "string" => kind == JsonValueKind.String,
        "boolean" => kind is JsonValueKind.True or JsonValueKind.False,
        "integer" => kind == JsonValueKind.Number && Number(value!) % 1 == 0,
        "number" => kind == JsonValueKind.Number,
        "array" => kind == JsonValueKind.Array,
        "object" => kind == JsonValueKind.Object,
        _ => throw new NotSupportedException(type),
    };

    /// <summary>As far as a decimal goes: JSON's numbers go further.</summary>
    private static decimal Number(JsonNode value)
    {
        var text = value.ToJsonString();
        var culture = System.Globalization.CultureInfo.InvariantCulture;
        if (decimal.TryParse(text, System.Globalization.NumberStyles.Float, culture, out var exact)) return exact;
        return double.Parse(text, culture) > 0 ? decimal.MaxValue : decimal.MinValue;
    }

    private static IEnumerable<string> OfText(JsonNode schema, string text, string at)
    {
        if ((string?)schema["format"] == "date-time" && !Regex.IsMatch(text, @"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$")) yield return $"{at}: '{text}' is no timestamp";
        if ((int?)schema["maxLength"] is { } longest && text.Length > longest) yield return $"{at}: longer than {longest}";
        if ((int?)schema["minLength"] is { } shortest && text.Length < shortest) yield return $"{at}: shorter than {shortest}";
        if ((string?)schema["pattern"] is { } pattern && !Regex.IsMatch(text, pattern)) yield return $"{at}: '{text}' does not match {pattern}";
    }

    private static IEnumerable<string> OfNumber(JsonNode schema, decimal number, string at)
    {
        if ((decimal?)schema["minimum"] is { } least && number < least) yield return $"{at}: less than {least}";
        if ((decimal?)schema["maximum"] is { } most && number > most) yield return $"{at}: more than {most}";
    }

    private static IEnumerable<string> OfArray(JsonNode document, JsonNode schema, JsonArray array, string at) =>
        schema["items"] is not { } items ? [] : array.SelectMany((item, i) => Problems(document, items, item, $"{at}[{i}]"));

    private static IEnumerable<string> OfObject(JsonNode document, JsonNode schema, JsonObject value, string at)
    {
        foreach (var name in schema["required"]?.AsArray() ?? [])
            if (!value.ContainsKey((string)name!)) yield return $"{at}: misses {name}";
        if (schema["properties"] is not JsonObject properties && schema["additionalProperties"] is null) yield break;
        foreach (var (name, member) in value)
        {
            if (schema["properties"]?[name] is { } known)
                foreach (var problem in Problems(document, known, member, $"{at}.{name}")) yield return problem;
            else if (schema["additionalProperties"] is JsonObject other)
                foreach (var problem in Problems(document, other, member, $"{at}.{name}")) yield return problem;
            else if (schema["additionalProperties"] is null) yield return $"{at}: has the unknown member {name}";
        }
    }
}
