namespace Assay.Server.Enrichment.Tables;

/// <summary>Texts by the bytes that they take.</summary>
internal static class Utf8Text
{
    /// <summary>The beginning of a text that takes no more bytes than this; no character is cut in two.</summary>
    public static string Cut(string text, int mostBytes)
    {
        var (bytes, length) = (0, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            if ((bytes += rune.Utf8SequenceLength) > mostBytes) break;
            length += rune.Utf16SequenceLength;
        }
        return text[..length];
    }
}
