using System.Buffers;
using System.Text;

namespace Assay.Sources.Reading;

/// <summary>Writes rows of nullable text in the engine's TSV, which it reads as the types of the columns.</summary>
internal sealed class TsvRows(Stream output)
{
    private const int FlushAt = 256 * 1024;

    /// <summary>What the engine has to be told of the texts: an empty one is no default value, the first row is no header.</summary>
    public static IReadOnlyDictionary<string, object> Parsing { get; } = new Dictionary<string, object>
    {
        ["input_format_tsv_empty_as_default"] = 0,
        ["input_format_tsv_detect_header"] = 0,
    };

    private static readonly SearchValues<char> Special = SearchValues.Create("\t\n\r\\\0\b\f");

    private readonly ArrayBufferWriter<byte> pending = new(FlushAt + 4096);

    public async ValueTask WriteAsync(IReadOnlyList<string?> cells, CancellationToken cancel)
    {
        for (var i = 0; i < cells.Count; i++)
        {
            if (i > 0) pending.Write("\t"u8);
            if (cells[i] is { } text) Write(text);
            else pending.Write("\\N"u8);
        }
        pending.Write("\n"u8);
        if (pending.WrittenCount >= FlushAt) await FlushAsync(cancel);
    }

    public async ValueTask FlushAsync(CancellationToken cancel)
    {
        await output.WriteAsync(pending.WrittenMemory, cancel);
        pending.ResetWrittenCount();
    }

    private void Write(ReadOnlySpan<char> text)
    {
        while (text.IndexOfAny(Special) is >= 0 and var at)
        {
            Encoding.UTF8.GetBytes(text[..at], pending);
            pending.Write(text[at] switch
            {
                '\t' => "\\t"u8,
                '\n' => "\\n"u8,
                '\r' => "\\r"u8,
                '\\' => "\\\\"u8,
                '\0' => "\\0"u8,
                '\b' => "\\b"u8,
                _ => "\\f"u8,
            });
            text = text[(at + 1)..];
        }
        Encoding.UTF8.GetBytes(text, pending);
    }
}
