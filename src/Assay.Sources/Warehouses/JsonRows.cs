using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Assay.Sources.Warehouses;

/// <summary>Reads an array of rows, each an array of plain values, as it comes: one row and a buffer are in memory.</summary>
internal static class JsonRows
{
    private const int InitialBuffer = 128 * 1024;

    /// <param name="stream">Disposed at the end.</param>
    /// <param name="bare">The rows stand there without the brackets around all of them.</param>
    public static async IAsyncEnumerable<string?[]> ReadAsync(Stream stream, bool bare, [EnumeratorCancellation] CancellationToken cancel)
    {
        await using var owned = stream;
        var buffer = new byte[InitialBuffer];
        var filled = 0;
        if (bare) buffer[filled++] = (byte)'[';
        var parser = new Parser();
        for (var final = false; !final;)
        {
            if (filled == buffer.Length) Array.Resize(ref buffer, buffer.Length * 2);
            var read = await stream.ReadAsync(buffer.AsMemory(filled), cancel);
            final = read == 0;
            filled += read;
            if (final && bare) buffer[filled++] = (byte)']';
            var consumed = parser.Feed(buffer.AsSpan(0, filled), final);
            foreach (var row in parser.Rows) yield return row;
            parser.Rows.Clear();
            buffer.AsSpan(consumed, filled - consumed).CopyTo(buffer);
            filled -= consumed;
        }
    }

    private sealed class Parser
    {
        private readonly List<string?> cells = [];
        private JsonReaderState state;
        private bool inRow;

        public List<string?[]> Rows { get; } = [];

        /// <returns>How many bytes are done with.</returns>
        public int Feed(ReadOnlySpan<byte> bytes, bool final)
        {
            var reader = new Utf8JsonReader(bytes, final, state);
            while (reader.Read())
            {
                switch (reader.TokenType)
                {
                    case JsonTokenType.StartArray when reader.CurrentDepth == 0:
                    case JsonTokenType.EndArray when reader.CurrentDepth == 0:
                        break;
                    case JsonTokenType.StartArray when reader.CurrentDepth == 1:
                        inRow = true;
                        break;
                    case JsonTokenType.EndArray when reader.CurrentDepth == 1:
                        inRow = false;
                        Rows.Add([.. cells]);
                        cells.Clear();
                        break;
                    case JsonTokenType.String when inRow:
                        cells.Add(reader.GetString());
                        break;
                    case JsonTokenType.Null when inRow:
                        cells.Add(null);
                        break;
                    case JsonTokenType.True or JsonTokenType.False when inRow:
                        cells.Add(reader.TokenType is JsonTokenType.True ? "true" : "false");
                        break;
                    case JsonTokenType.Number when inRow:
                        cells.Add(System.Text.Encoding.UTF8.GetString(reader.ValueSpan));
                        break;
                    default:
                        throw new JsonException("A row holds more than plain values.");
                }
            }
            state = reader.CurrentState;
            return (int)reader.BytesConsumed;
        }
    }
}
