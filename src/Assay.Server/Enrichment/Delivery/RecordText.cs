using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Assay.Server.Enrichment.Delivery;

/// <summary>
/// Kept records in the form that they have at enrichment stores: a JSON object of the values as text. Texts come with their JSON quotes,
/// numbers and times bare, NULL as null. One pass over the bytes: there may be millions.
/// </summary>
/// <param name="masked">Fields whose values are hidden.</param>
/// <param name="bare">Fields whose texts are times.</param>
internal sealed class RecordText(IReadOnlySet<string> masked, IReadOnlySet<string> bare)
{
    private static readonly byte[] Mask = Encoding.UTF8.GetBytes(Masking.Mask.Text);
    private readonly ArrayBufferWriter<byte> output = new();

    /// <summary>Not to be called by two threads at once.</summary>
    /// <returns>Valid until the next record.</returns>
    public ReadOnlySpan<byte> Of(ReadOnlySpan<byte> record)
    {
        var reader = new Utf8JsonReader(record);
        output.ResetWrittenCount();
        reader.Read(); // the object's beginning
        output.Write("{"u8);
        for (var first = true; reader.Read() && reader.TokenType == JsonTokenType.PropertyName; first = false)
        {
            output.Write(first ? "\""u8 : ",\""u8);
            output.Write(reader.ValueSpan); // as it is escaped there
            output.Write("\":"u8);
            var (hidden, time) = masked.Count + bare.Count == 0 ? default : Kind(reader.GetString()!);
            reader.Read();
            Value(record, ref reader, hidden, time);
        }
        output.Write("}"u8);
        return output.WrittenSpan;
    }

    private (bool Hidden, bool Time) Kind(string name) => (masked.Contains(name), bare.Contains(name));

    private void Value(ReadOnlySpan<byte> record, ref Utf8JsonReader reader, bool hidden, bool time)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            output.Write("null"u8);
            return;
        }
        output.Write("\""u8);
        switch (reader.TokenType)
        {
            case var token when hidden:
                output.Write(Mask);
                if (token is JsonTokenType.StartArray or JsonTokenType.StartObject) reader.Skip();
                break;
            case JsonTokenType.String when time:
                Time(reader.ValueSpan);
                break;
            case JsonTokenType.String:
                output.Write("\\\""u8);
                Escaped(reader.ValueSpan);
                output.Write("\\\""u8);
                break;
            case JsonTokenType.StartArray or JsonTokenType.StartObject:
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                Escaped(record[start..(int)reader.BytesConsumed]);
                break;
            default:
                output.Write(reader.ValueSpan);
                break;
        }
        output.Write("\""u8);
    }

    /// <summary>2024-02-29T12:34:56.789012Z as 2024-02-29 12:34:56.789012; what looks otherwise as it is.</summary>
    private void Time(ReadOnlySpan<byte> text)
    {
        if (text is not [_, _, _, _, (byte)'-', _, _, (byte)'-', _, _, (byte)'T', .., (byte)'Z'])
        {
            output.Write(text);
            return;
        }
        output.Write(text[..10]);
        output.Write(" "u8);
        output.Write(text[11..^1]);
    }

    /// <summary>JSON as a text in JSON: its quotes and backslashes get a backslash; everything else that needs one has it already.</summary>
    private void Escaped(ReadOnlySpan<byte> json)
    {
        for (int next; (next = json.IndexOfAny((byte)'"', (byte)'\\')) >= 0; json = json[(next + 1)..])
        {
            output.Write(json[..next]);
            output.Write("\\"u8);
            output.Write(json.Slice(next, 1));
        }
        output.Write(json);
    }
}
