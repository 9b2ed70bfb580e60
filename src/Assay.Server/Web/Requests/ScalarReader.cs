using System.Globalization;
using System.Text.Json;
using Assay.Engine.Secrets;
using Assay.Server.Web.Responses;

namespace Assay.Server.Web.Requests;

/// <summary>Reads one scalar from JSON or from query text, with the lenience and the words of the reference's validator.</summary>
internal static class ScalarReader
{
    public static object? Read(JsonElement json, Type type, RequestShape.Member? member, object[] loc, List<FieldError> errors)
    {
        if (type == typeof(NameOrId)) return Reference(json, member, loc, errors);
        if (type == typeof(string) || type == typeof(Secret))
        {
            if (json.ValueKind != JsonValueKind.String) return Fail(loc, errors, "Input should be a valid string", "string_type");
            var text = json.GetString()!;
            return CheckText(text, member, loc, errors) is null ? null : type == typeof(Secret) ? new Secret(text) : text;
        }
        if (type == typeof(bool) && json.ValueKind is JsonValueKind.True or JsonValueKind.False) return json.GetBoolean();
        if (json.ValueKind is JsonValueKind.True or JsonValueKind.False or JsonValueKind.Object or JsonValueKind.Array)
            return Fail(loc, errors, $"Input should be a valid {Word(type)}", $"{Kind(type)}_type");
        return Parse(json.ValueKind == JsonValueKind.String ? json.GetString()! : json.GetRawText(), type, member, loc, errors);
    }

    /// <summary>Reads a scalar from text, such as a query parameter or a number sent as a string.</summary>
    public static object? Parse(string text, Type type, RequestShape.Member? member, object[] loc, List<FieldError> errors)
    {
        if (type == typeof(string)) return CheckText(text, member, loc, errors);
        if (type == typeof(NameOrId)) return Integer(text) is { } number ? new NameOrId(number, null) : CheckText(text, member, loc, errors) is null ? null : new NameOrId(null, text);
        object? value = type switch
        {
            _ when type == typeof(int) => Integer(text) is { } whole and >= int.MinValue and <= int.MaxValue ? (int)whole : null,
            _ when type == typeof(long) => Integer(text),
            _ when type == typeof(double) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var d) && double.IsFinite(d) ? d : null,
            _ when type == typeof(bool) => Boolean(text),
            _ when type == typeof(DateTime) => DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var t) ? t : null,
            _ when type == typeof(DateOnly) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null,
            _ => throw new NotSupportedException($"Requests cannot hold a {type.Name}."),
        };
        if (value is null) return Fail(loc, errors, $"Input should be a valid {Word(type)}, unable to parse the input", $"{Kind(type)}_parsing");
        return CheckRange(value, member, loc, errors);
    }

    private static object? Reference(JsonElement json, RequestShape.Member? member, object[] loc, List<FieldError> errors)
    {
        var value = json.ValueKind != JsonValueKind.Object ? json
            : json.TryGetProperty("id", out var id) ? id
            : json.TryGetProperty("name", out var name) ? name : json;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number)) return new NameOrId(number, null);
        if (value.ValueKind != JsonValueKind.String) return Fail(loc, errors, "Input should be a valid id or name", "reference_type");
        return Read(value, typeof(string), member, loc, errors) is string text ? new NameOrId(null, text) : null;
    }

    private static object? CheckText(string text, RequestShape.Member? member, object[] loc, List<FieldError> errors)
    {
        if (text.Contains('\0')) return Fail(loc, errors, "String should not contain the NUL character", "string_nul");
        if (member?.Length is { } length)
        {
            if (text.Length > length.MaximumLength)
                return Fail(loc, errors, $"String should have at most {length.MaximumLength} characters", "string_too_long");
            if (text.Length < length.MinimumLength || (length.MinimumLength > 0 && string.IsNullOrWhiteSpace(text)))
                return Fail(loc, errors, $"String should have at least {length.MinimumLength} character{(length.MinimumLength == 1 ? "" : "s")}", "string_too_short");
        }
        if (member?.Pattern is { } pattern && !pattern.IsValid(text))
            return Fail(loc, errors, $"String should match pattern '{pattern.Pattern}'", "string_pattern_mismatch");
        if (member?.OneOf is { } oneOf && !oneOf.Values.Contains(text, StringComparer.Ordinal))
            return Fail(loc, errors, $"Input should be {Choices(oneOf.Values)}", "enum");
        return text;
    }

    private static object? CheckRange(object value, RequestShape.Member? member, object[] loc, List<FieldError> errors)
    {
        if (member?.Range is not { } range || value is bool or DateTime or DateOnly) return value;
        var number = Convert.ToDouble(value, CultureInfo.InvariantCulture);
        if (number < Convert.ToDouble(range.Minimum, CultureInfo.InvariantCulture))
            return Fail(loc, errors, $"Input should be greater than or equal to {range.Minimum}", "greater_than_equal");
        if (number > Convert.ToDouble(range.Maximum, CultureInfo.InvariantCulture))
            return Fail(loc, errors, $"Input should be less than or equal to {range.Maximum}", "less_than_equal");
        return value;
    }

    private static long? Integer(string text)
    {
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)) return whole;
        return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && number == Math.Truncate(number) && number is >= long.MinValue and <= long.MaxValue ? (long)number : null;
    }

    private static bool? Boolean(string text) => text.ToLowerInvariant() switch
    {
        "true" or "1" or "yes" or "on" => true,
        "false" or "0" or "no" or "off" => false,
        _ => null,
    };

    private static string Choices(string[] values) => values.Length == 1
        ? $"'{values[0]}'"
        : string.Join(", ", values[..^1].Select(v => $"'{v}'")) + $" or '{values[^1]}'";

    private static string Word(Type type) => type == typeof(int) || type == typeof(long) ? "integer"
        : type == typeof(double) ? "number" : type == typeof(bool) ? "boolean" : type == typeof(DateOnly) ? "date" : "datetime";

    private static string Kind(Type type) => type == typeof(int) || type == typeof(long) ? "int"
        : type == typeof(double) ? "float" : type == typeof(bool) ? "bool" : type == typeof(DateOnly) ? "date" : "datetime";

    private static object? Fail(object[] loc, List<FieldError> errors, string msg, string type)
    {
        errors.Add(new FieldError(loc, msg, type));
        return null;
    }
}
