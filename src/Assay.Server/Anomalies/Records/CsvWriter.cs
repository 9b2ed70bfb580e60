using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Assay.Server.Anomalies.Records;

/// <summary>Writes records as comma-separated text (RFC 4180), row by row as they come. The first record's members are the header.</summary>
internal static class CsvWriter
{
    private static readonly byte[] LineEnd = "\r\n"u8.ToArray();

    public static async Task WriteAsync(IAsyncEnumerable<JsonObject> rows, Stream to, CancellationToken cancel)
    {
        List<string>? names = null;
        await foreach (var row in rows.WithCancellation(cancel))
        {
            if (names is null)
            {
                names = [.. row.Select(member => member.Key)];
                await LineAsync(names.Select(Quote));
            }
            await LineAsync(names.Select(name => Quote(Text(row[name]))));
        }

        async Task LineAsync(IEnumerable<string> cells)
        {
            await to.WriteAsync(Encoding.UTF8.GetBytes(string.Join(',', cells)), cancel);
            await to.WriteAsync(LineEnd, cancel);
        }
    }

    // Spreadsheets run what begins like a formula; a leading apostrophe makes it text.
    private static string Text(JsonNode? value) => value switch
    {
        null => "",
        JsonValue text when text.GetValueKind() == JsonValueKind.String => Harmless(text.GetValue<string>()),
        _ => value.ToJsonString(Web.Json.Options),
    };

    private static string Harmless(string text) => text.Length > 0 && "=@+\t\r".Contains(text[0], StringComparison.Ordinal) ? $"'{text}" : text;

    private static string Quote(string cell) => cell.AsSpan().IndexOfAny(",\"\r\n") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
