namespace Assay.Sources.Files.Schema.Text;

/// <summary>Names for columns: those of the header, made different from one another, and <c>column_N</c> where there is none.</summary>
internal static class ColumnNames
{
    /// <summary>The name of a column that has none, by its position from 1 on.</summary>
    public static string At(int position) => $"column_{position}";

    public static IReadOnlyList<string> From(IReadOnlyList<string>? header, int columns)
    {
        var names = new List<string>(columns);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < columns; i++)
        {
            var wanted = header is not null && i < header.Count && header[i].Trim() is { Length: > 0 } given ? given : At(i + 1);
            var name = wanted;
            for (var n = 2; !taken.Add(name); n++) name = $"{wanted}_{n}";
            names.Add(name);
        }
        return names;
    }
}
