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

    private static string Moment(string text) => long.TryParse(text, CultureInfo.InvariantCulture, out var microseconds)
        ? DateTime.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond).ToString("yyyy-MM-dd HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture)
        : text;
}
