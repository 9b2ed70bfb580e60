using Assay.Sources.Files.Schema.Values;

namespace Assay.Sources.Files.Schema.Text;

/// <summary>
/// Tells whether the first record holds names. It does unless it looks like the data below it: a cell that is a number, date or
/// boolean over a column of the same, a text that comes again in its column, or nothing but empty cells.
/// </summary>
internal static class HeaderSniffer
{
    /// <param name="records">The cells' texts and kinds.</param>
    public static bool HasHeader(IReadOnlyList<IReadOnlyList<(string Text, ValueKind Kind)>> records)
    {
        var first = records[0];
        if (first.All(cell => string.IsNullOrWhiteSpace(cell.Text))) return false;
        for (var column = 0; column < first.Count; column++)
        {
            var (text, kind) = first[column];
            if (kind == ValueKind.Null) continue;
            var below = records.Skip(1).Where(r => column < r.Count).Select(r => r[column]).ToList();
            if (kind != ValueKind.Text)
            {
                if (below.Count == 0 || below.Exists(cell => cell.Kind == kind)) return false;
            }
            else if (below.Exists(cell => cell.Text == text)) return false;
        }
        return true;
    }
}
