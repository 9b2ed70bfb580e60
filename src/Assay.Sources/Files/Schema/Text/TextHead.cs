using System.Text;

namespace Assay.Sources.Files.Schema.Text;

/// <summary>The head of a text file, decoded.</summary>
/// <param name="Encoding">Its encoding by IANA name.</param>
internal sealed record TextHead(string Text, string Encoding, bool Complete)
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, true);
    private static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    private static readonly (byte[] Mark, Encoding Encoding, string Name)[] Marks =
    [
        ([0xEF, 0xBB, 0xBF], new UTF8Encoding(false), "utf-8"),
        ([0xFF, 0xFE, 0, 0], new UTF32Encoding(false, false), "utf-32le"),
        ([0, 0, 0xFE, 0xFF], new UTF32Encoding(true, false), "utf-32be"),
        ([0xFF, 0xFE], new UnicodeEncoding(false, false), "utf-16le"),
        ([0xFE, 0xFF], new UnicodeEncoding(true, false), "utf-16be"),
    ];

    /// <summary>Decodes by byte-order mark, else by the zero bytes of UTF-16, else as UTF-8, else as Windows-1252; null for what is not text.</summary>
    public static TextHead? Decode(FileHead head)
    {
        var bytes = head.Bytes.AsSpan();
        foreach (var (mark, encoding, name) in Marks)
            if (bytes.StartsWith(mark)) return new TextHead(Whole(encoding, bytes[mark.Length..]), name, head.Complete);
        if (bytes.Contains((byte)0))
            return Utf16ByZeros(bytes) is { } utf16
                ? new TextHead(Whole(utf16, bytes), utf16.GetPreamble() is [0xFE, ..] ? "utf-16be" : "utf-16le", head.Complete)
                : null;
        var cut = head.Complete ? bytes : CutAtCharacter(bytes);
        return TryUtf8(cut) is { } text ? new TextHead(text, "utf-8", head.Complete) : new TextHead(Windows1252.GetString(bytes), "windows-1252", head.Complete);
    }

    /// <summary>The encoding behind a name that <see cref="Decode"/> gave.</summary>
    public static Encoding EncodingOf(string name) => Marks.FirstOrDefault(m => m.Name == name).Encoding ?? Windows1252;

    private static string? TryUtf8(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>Latin text in UTF-16 has a zero in nearly every second byte; other binary data has them elsewhere, too.</summary>
    private static UnicodeEncoding? Utf16ByZeros(ReadOnlySpan<byte> bytes)
    {
        var zeros = (Even: 0, Odd: 0);
        for (var i = 0; i < bytes.Length; i++)
            if (bytes[i] == 0) zeros = i % 2 == 0 ? (zeros.Even + 1, zeros.Odd) : (zeros.Even, zeros.Odd + 1);
        var pairs = bytes.Length / 2;
        if (zeros.Odd > pairs * 0.7 && zeros.Even < pairs * 0.05) return new UnicodeEncoding(false, true);
        return zeros.Even > pairs * 0.7 && zeros.Odd < pairs * 0.05 ? new UnicodeEncoding(true, true) : null;
    }

    private static string Whole(Encoding encoding, ReadOnlySpan<byte> bytes)
    {
        var unit = encoding is UTF32Encoding ? 4 : encoding is UnicodeEncoding ? 2 : 1;
        return encoding.GetString(bytes[..(bytes.Length - bytes.Length % unit)]);
    }

    /// <summary>Drops the beginning of a character that the head cut in two.</summary>
    private static ReadOnlySpan<byte> CutAtCharacter(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.Length;
        while (end > 0 && bytes.Length - end < 3 && (bytes[end - 1] & 0xC0) == 0x80) end--;
        return end > 0 && bytes[end - 1] >= 0xC0 ? bytes[..(end - 1)] : bytes;
    }
}
