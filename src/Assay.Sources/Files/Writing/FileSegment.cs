using System.Buffers;
using System.Text;

namespace Assay.Sources.Files.Writing;

/// <summary>Names as one segment of a path: what no store and no reader takes for something else stays, every other byte becomes <c>%XX</c>.</summary>
internal static class FileSegment
{
    private static readonly SearchValues<char> Plain = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.");

    public static string Of(string name)
    {
        var segment = new StringBuilder();
        foreach (var rune in name.EnumerateRunes())
        {
            // A dot in front would hide the folder, or be the one above.
            if (rune.IsAscii && Plain.Contains((char)rune.Value) && !(segment.Length == 0 && rune.Value == '.')) segment.Append((char)rune.Value);
            else foreach (var b in Encoding.UTF8.GetBytes(rune.ToString())) segment.Append('%').Append(b.ToString("X2"));
        }
        return segment.ToString();
    }
}
