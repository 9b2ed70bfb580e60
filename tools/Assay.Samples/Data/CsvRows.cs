using System.Text.Json;

namespace Assay.Samples.Data;

/// <summary>Writes rows of JSON as the CSV that COPY reads: null is nothing, every text is quoted.</summary>
internal static class CsvRows
{
    /// <param name="json">An array of objects, or GeoJSON, whose features are the rows.</param>
    public static async Task WriteAsync(Stream json, IReadOnlyList<string> members, TextWriter csv, CancellationToken cancel)
    {
        using var document = await JsonDocument.ParseAsync(json, cancellationToken: cancel);
        var rows = document.RootElement.ValueKind is JsonValueKind.Array ? document.RootElement : document.RootElement.GetProperty("features");
        foreach (var row in rows.EnumerateArray())
            await csv.WriteLineAsync(string.Join(',', members.Select(member => Value(row, member))));
    }

    private static string Value(JsonElement row, string member) => row.TryGetProperty(member, out var value)
        ? value.ValueKind switch
        {
            JsonValueKind.Null => "",
            JsonValueKind.String => Quote(value.GetString()!),
            _ => Quote(value.GetRawText()),
        }
        : "";

    private static string Quote(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
