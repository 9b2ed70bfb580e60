namespace Assay.Sources.Files.Schema.Text;

/// <summary>Names for columns: those of the header, made different from one another, and <c>column_N</c> where there is none.</summary>
internal static class ColumnNames
{
    public static IReadOnlyList<string> From(IReadOnlyList<string>? header, int columns)
    {
        var names = new List<string>(columns);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < columns; i++)
        {
            var wanted = header is not null && i < header.Count && header[i].Trim() is { Length: > 0 } given ? given : $"column_{i + 1}";
            var name = wanted;
            for (var n = 2; !taken.Add(name); n++) name = $"{wanted}_{n}";
            names.Add(name);
        }
        return names;
    }
}
