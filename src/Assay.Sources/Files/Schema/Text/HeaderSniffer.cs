using Assay.Sources.Files.Schema.Values;

namespace Assay.Sources.Files.Schema.Text;

/// <summary>
/// Tells whether the first record holds names. Its columns vote: a word over values of another kind (numbers, times, addresses, ...) speaks
/// for a header; a value over values of its kind, or a word that comes again in its column, against it. Nothing said is a header, too.
/// </summary>
internal static class HeaderSniffer
{
    /// <summary>Words among the values of a column that are put up with: one in so many.</summary>
    private const int Stray = 10;
    /// <summary>Columns of words of which one may happen to hold its own name.</summary>
    private const int WideText = 8;

    /// <param name="records">The cells' texts and kinds.</param>
    public static bool HasHeader(IReadOnlyList<IReadOnlyList<(string Text, ValueKind Kind)>> records)
    {
        var first = records[0];
        var looks = first.Select(CellLooks.Of).ToList();
        if (looks.TrueForAll(look => look == CellLook.Nothing)) return false;
        // Files that were put together repeat their header: such a record says nothing of what is below.
        var below = records.Skip(1).Where(r => !r.SequenceEqual(first)).ToList();
        var counted = CountedNames.Are(first, below);
        if (below.Count == 0) return records.Count == 1 && (counted || !looks.Exists(CellLooks.IsValue));
        var votes = Enumerable.Range(0, first.Count)
            .Where(i => looks[i] != CellLook.Nothing && !(counted && CellLooks.IsValue(looks[i])))
            .CountBy(i => Vote(first[i].Text, looks[i], [.. below.Where(r => i < r.Count).Select(r => r[i])])).ToDictionary();
        var (named, again, alike) = (votes.GetValueOrDefault(Sign.Named), votes.GetValueOrDefault(Sign.Again), votes.GetValueOrDefault(Sign.Alike));
        if (alike > 0) return named > alike + again;
        return named > 0 ? named >= again : again * WideText <= looks.Count(look => look == CellLook.Word);
    }

    private enum Sign { None, Named, Again, Alike }

    private static Sign Vote(string text, CellLook look, IReadOnlyList<(string Text, ValueKind Kind)> below)
    {
        var seen = below.Select(CellLooks.Of).Where(l => l != CellLook.Nothing).ToList();
        if (look != CellLook.Word) return seen.Count > 0 && seen.Count(l => l == look) * 2 >= seen.Count ? Sign.Alike : Sign.None;
        if (below.Any(cell => cell.Text == text)) return Sign.Again;
        if (seen.Count > 0 && seen.Count(l => l == CellLook.Word) * Stray <= seen.Count) return Sign.Named;
        return seen.Count > 1 && text.Any(char.IsDigit) && below.All(cell => CellLooks.Of(cell) == CellLook.Nothing || IsNumberedAlike(cell.Text, text)) ? Sign.Alike : Sign.None;
    }

    /// <summary>Whether two texts are the same but for their digits, as <c>C-001</c> and <c>C-002</c> are.</summary>
    private static bool IsNumberedAlike(string a, string b) => a.Length == b.Length && a.Zip(b).All(p => p.First == p.Second || (char.IsDigit(p.First) && char.IsDigit(p.Second)));
}
