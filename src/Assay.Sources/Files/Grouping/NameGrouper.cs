namespace Assay.Sources.Files.Grouping;

/// <summary>
/// Groups the files of one folder and extension by likeness of their names. Names are split at the delimiter that most of them
/// have (<c>_</c> or <c>-</c>); what that leaves alone is tried with the other one. A name of one token is never globbed.
/// </summary>
internal static class NameGrouper
{
    private static readonly char[] Delimiters = ['_', '-'];

    public static IReadOnlyList<NameGroup> Group(IReadOnlyList<NamedFile> files)
    {
        var patterns = new List<NameGroup>();
        var alone = files;
        foreach (var delimiter in Delimiters.OrderByDescending(d => files.Count(f => f.Name.Stem.Contains(d))))
        {
            if (alone.Count < 2) break;
            var found = GroupAt(delimiter, alone).ToList();
            patterns.AddRange(found);
            var taken = found.SelectMany(g => g.Files).ToHashSet(ReferenceEqualityComparer.Instance);
            alone = [.. alone.Where(f => !taken.Contains(f))];
        }
        return PatternResolver.Resolve(patterns, files);
    }

    private static IEnumerable<NameGroup> GroupAt(char delimiter, IReadOnlyList<NamedFile> files) =>
        from file in files
        let name = new TokenisedName(file, file.Name.Stem.Split(delimiter))
        where name.Tokens.Length > 1
        group name by name.Tokens.Length into sameLength
        from tokens in TokenGrouper.Group([.. sameLength])
        select new NameGroup(Pattern(tokens, delimiter), tokens.Files);

    private static GlobPattern Pattern(TokenGroup group, char delimiter)
    {
        var stem = string.Join(delimiter, group.Tokens.Select(t => t is null ? "*" : GlobPattern.Escape(t)));
        return new GlobPattern(stem + GlobPattern.Escape(group.Files[0].Name.Extension));
    }
}
