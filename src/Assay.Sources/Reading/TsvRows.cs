using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Assay.Sources.Reading;

/// <summary>Writes rows of nullable text in the engine's TSV, which it reads as the types of the columns.</summary>
/// <param name="send">Takes the bytes of whole rows.</param>
internal sealed class TsvRows(Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> send)
{
    private const int FlushAt = 256 * 1024;

    /// <summary>What the engine has to be told of the texts: an empty one is no default value, the first row is no header.</summary>
    public static IReadOnlyDictionary<string, object> Parsing { get; } = new Dictionary<string, object>
    {
        ["input_format_tsv_empty_as_default"] = 0,
        ["input_format_tsv_detect_header"] = 0,
    };

    private static readonly SearchValues<char> Special = SearchValues.Create("\t\n\r\\\0\b\f");
    private static readonly SearchValues<byte> SpecialBytes = SearchValues.Create("\t\n\r\\\0\b\f"u8);

    private readonly ArrayBufferWriter<byte> pending = new(FlushAt + 4096);

    /// <summary>Whether so much waits that it is time to flush.</summary>
    public bool IsFull => pending.WrittenCount >= FlushAt;

    /// <summary>What was written since the last flush.</summary>
    public ReadOnlyMemory<byte> Waiting => pending.WrittenMemory;

    public async ValueTask WriteAsync(IReadOnlyList<string?> cells, CancellationToken cancel)
    {
        for (var i = 0; i < cells.Count; i++)
        {
            if (i > 0) Separate();
            if (cells[i] is { } text) Text(text);
            else Null();
        }
        EndRow();
        if (IsFull) await FlushAsync(cancel);
    }

    public async ValueTask FlushAsync(CancellationToken cancel)
    {
        await send(Waiting, cancel);
        pending.ResetWrittenCount();
    }

    public void Separate() => pending.Write("\t"u8);

    public void EndRow() => pending.Write("\n"u8);

    public void Null() => pending.Write("\\N"u8);

    /// <summary>Bytes as they are: a text without anything to escape, or one that is escaped already.</summary>
    public void Bare(ReadOnlySpan<byte> bytes) => pending.Write(bytes);

    /// <summary>A place for so many bytes; how many were written into it is told to <see cref="Advance"/>.</summary>
    public Span<byte> Place(int bytes) => pending.GetSpan(bytes);

    /// <inheritdoc cref="Place"/>
    public void Advance(int bytes) => pending.Advance(bytes);

    public void Text(ReadOnlySpan<char> text)
    {
        while (text.IndexOfAny(Special) is >= 0 and var at)
        {
            Encoding.UTF8.GetBytes(text[..at], pending);
            pending.Write(Escape((byte)text[at]));
            text = text[(at + 1)..];
        }
        Encoding.UTF8.GetBytes(text, pending);
    }

    /// <param name="utf8">What is no UTF-8 in it becomes U+FFFD.</param>
    public void Text(ReadOnlySpan<byte> utf8)
    {
        if (!Utf8.IsValid(utf8))
        {
            Text(Encoding.UTF8.GetString(utf8));
            return;
        }
        while (utf8.IndexOfAny(SpecialBytes) is >= 0 and var at)
        {
            pending.Write(utf8[..at]);
            pending.Write(Escape(utf8[at]));
            utf8 = utf8[(at + 1)..];
        }
        pending.Write(utf8);
    }

    private static ReadOnlySpan<byte> Escape(byte character) => character switch
    {
        (byte)'\t' => "\\t"u8,
        (byte)'\n' => "\\n"u8,
        (byte)'\r' => "\\r"u8,
        (byte)'\\' => "\\\\"u8,
        (byte)'\0' => "\\0"u8,
        (byte)'\b' => "\\b"u8,
        _ => "\\f"u8,
    };
}
