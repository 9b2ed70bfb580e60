using System.Globalization;
using System.Text.Json;
using Assay.Sources.Warehouses;

namespace Assay.Sources.BigQuery;

/// <summary>Values as they stand in answers: moments in microseconds since 1970, bytes in base64, everything as text.</summary>
internal static class BigQueryColumn
{
    public static string? Plain(JsonElement cell, string type)
    {
        if (cell.At("v").Text() is not { } text) return null;
        return type switch
        {
            "TIMESTAMP" => Moment(text),
            "DATETIME" => text.Replace('T', ' '),
            "BYTES" => Convert.ToHexString(Convert.FromBase64String(text)),
            _ => text,
        };
    }

    /// <summary>The type of a result's column as SQL spells it: schemas of results say INTEGER, RECORD and the like.</summary>
    public static string TypeOf(JsonElement field)
    {
        var type = field.TextAt("type") switch
        {
            "INTEGER" => "INT64",
            "FLOAT" => "FLOAT64",
            "BOOLEAN" => "BOOL",
            "RECORD" or "STRUCT" => $"STRUCT<{string.Join(", ", field.ItemsAt("fields").Select(inner => $"{inner.TextAt("name")} {TypeOf(inner)}"))}>",
            var exact and ("NUMERIC" or "BIGNUMERIC") when field.TextAt("precision") is { } precision => $"{exact}({precision}, {field.TextAt("scale") ?? "0"})",
            var other => other ?? "",
        };
        return field.TextAt("mode") == "REPEATED" ? $"ARRAY<{type}>" : type;
    }

    private static string Moment(string text) => long.TryParse(text, CultureInfo.InvariantCulture, out var microseconds)
        ? DateTime.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond).ToString("yyyy-MM-dd HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture)
        : text;
}
