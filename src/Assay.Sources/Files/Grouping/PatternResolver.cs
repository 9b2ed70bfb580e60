namespace Assay.Sources.Files.Grouping;

/// <summary>
/// Settles which file belongs to which pattern. A star also spans delimiters, so that <c>project_data_*.txt</c> takes
/// <c>project_data_1234_suffix.txt</c> in; where several patterns match a file, the one with the most recently modified
/// file gets it. Patterns that end up with nothing are dropped, and files that no pattern matches stand alone.
/// </summary>
internal static class PatternResolver
{
    public static IReadOnlyList<NameGroup> Resolve(IReadOnlyList<NameGroup> patterns, IReadOnlyList<NamedFile> files)
    {
        var ranked = patterns
            .OrderByDescending(g => g.Files.Max(f => f.File.Modified ?? DateTimeOffset.MinValue))
            .ThenByDescending(g => g.Pattern.Text.Length)
            .ThenBy(g => g.Pattern.Text, StringComparer.Ordinal)
            .Select(g => g.Pattern).ToList();
        var index = new PatternIndex(ranked);
        return files
            .GroupBy(f => index.FirstMatch(f.Text) is { } rank ? ranked[rank].Text : GlobPattern.Escape(f.Text))
            .Select(g => new NameGroup(new GlobPattern(g.Key), [.. g.OrderBy(f => f.Text, StringComparer.Ordinal)]))
            .OrderBy(g => g.Pattern.Text, StringComparer.Ordinal)
            .ToList();
    }
}
