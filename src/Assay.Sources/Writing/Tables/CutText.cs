using System.Globalization;
using System.Text;

namespace Assay.Sources.Writing.Tables;

/// <summary>Texts for stores that have a longest one. To refuse them would keep all other rows out too; so they are cut, and end with words that say so.</summary>
internal static class CutText
{
    /// <param name="most">Most bytes.</param>
    public static string To(int most, string value)
    {
        if (value.Length * 3 <= most) return value;
        var bytes = Encoding.UTF8.GetByteCount(value);
        if (bytes <= most) return value;
        var note = string.Create(CultureInfo.InvariantCulture, $"... [cut by Assay: {bytes} bytes in all]");
        var kept = value.AsSpan(0, Math.Min(value.Length, most - note.Length));
        while (Encoding.UTF8.GetByteCount(kept) > most - note.Length) kept = kept[..^Math.Max(1, (Encoding.UTF8.GetByteCount(kept) - most + note.Length) / 4)];
        // Half of a character is none.
        if (kept.Length > 0 && char.IsHighSurrogate(kept[^1])) kept = kept[..^1];
        return $"{kept}{note}";
    }
}
