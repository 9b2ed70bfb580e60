using System.Runtime.InteropServices;
using System.Text;

namespace Assay.Quality.Profiling;

/// <summary>
/// Different texts as the engine writes them, which need not be UTF-8, numbered from 0 as they come. Their bytes lie one behind the other: an object for
/// each would be tens of thousands of a small table, which the garbage collector has to follow while the next table is read.
/// </summary>
internal sealed class DistinctTexts
{
    private const int LeastSlots = 64;

    private readonly List<byte> bytes = [];
    /// <summary>Of each text, its hash and where its bytes end.</summary>
    private readonly List<(int Hash, int End)> texts = [];
    /// <summary>The numbers of the texts plus one, each at its hash or behind it, 0 where there is none. A power of two of them, at most half of them taken.</summary>
    private int[] slots = new int[LeastSlots];

    public int Count => texts.Count;

    public ReadOnlySpan<byte> this[int number]
    {
        get
        {
            var start = number == 0 ? 0 : texts[number - 1].End;
            return CollectionsMarshal.AsSpan(bytes)[start..texts[number].End];
        }
    }

    /// <summary>The number of a text, which is a new one where the text has not come before.</summary>
    public int NumberOf(ReadOnlySpan<byte> text)
    {
        var code = new HashCode();
        code.AddBytes(text);
        var hash = code.ToHashCode();
        var slot = hash & (slots.Length - 1);
        for (; slots[slot] != 0; slot = (slot + 1) & (slots.Length - 1))
            if (slots[slot] - 1 is var number && texts[number].Hash == hash && this[number].SequenceEqual(text)) return number;
        bytes.AddRange(text);
        texts.Add((hash, bytes.Count));
        slots[slot] = Count;
        if (2 * Count > slots.Length) Widen();
        return Count - 1;
    }

    public string Decoded(int number) => Encoding.UTF8.GetString(this[number]);

    /// <summary>Byte by byte, which is how the engine sorts.</summary>
    public int Compare(int a, int b) => this[a].SequenceCompareTo(this[b]);

    private void Widen()
    {
        slots = new int[2 * slots.Length];
        for (var i = 0; i < Count; i++)
        {
            var slot = texts[i].Hash & (slots.Length - 1);
            while (slots[slot] != 0) slot = (slot + 1) & (slots.Length - 1);
            slots[slot] = i + 1;
        }
    }
}
