using System.Text.Json;
using Assay.Sources.Contract;

namespace Assay.Sources.Files.Schema.Json;

/// <summary>The fields of the first records of a JSON text.</summary>
/// <param name="Shape"><c>lines</c>, <c>array</c> or <c>object</c>.</param>
internal sealed record JsonSample(string Shape, int Records, IReadOnlyList<FieldStructure> Fields, string? Problem)
{
    private static readonly JsonReaderOptions Options = new()
    {
        AllowMultipleValues = true,
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Disallow,
        MaxDepth = 256,
    };

    /// <param name="complete">The text is the whole file and not its head.</param>
    public static JsonSample Read(ReadOnlySpan<byte> utf8, bool complete, int mostRecords)
    {
        var fields = new JsonFields();
        var array = false;
        var records = 0;
        try
        {
            var reader = new Utf8JsonReader(utf8, complete, new JsonReaderState(Options));
            while (records < mostRecords && reader.Read())
            {
                if (reader.TokenType == JsonTokenType.StartArray && !array && records == 0)
                {
                    array = true;
                    continue;
                }
                if (reader.TokenType == JsonTokenType.EndArray) break;
                if (reader.TokenType != JsonTokenType.StartObject)
                    return new JsonSample("", 0, [], "The file holds JSON values that are not objects, so that there are no named fields.");
                if (!JsonDocument.TryParseValue(ref reader, out var document)) break;
                using (document) fields.Add(document.RootElement);
                records++;
            }
        }
        catch (JsonException broken)
        {
            // Line and position count from zero; the message of the parser may quote the data, so it is not passed on.
            return new JsonSample("", 0, [], $"The file is not valid JSON at line {broken.LineNumber + 1}, byte {broken.BytePositionInLine + 1}.");
        }
        var shape = array ? "array" : records == 1 && complete ? "object" : "lines";
        return new JsonSample(shape, records, fields.ToFields(), null);
    }
}
