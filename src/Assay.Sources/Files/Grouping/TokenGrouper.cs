namespace Assay.Sources.Files.Grouping;

/// <summary>A file whose stem was split at the delimiter.</summary>
internal sealed record TokenisedName(NamedFile File, string[] Tokens);

/// <param name="Tokens">The tokens of the pattern; null stands for the star.</param>
internal sealed record TokenGroup(IReadOnlyList<string?> Tokens, IReadOnlyList<NamedFile> Files);

/// <summary>
/// Finds what names of the same number of tokens have in common. A position whose words (all letters) are shared by several
/// names splits them by word: <c>orders_…</c> from <c>customers_…</c>. The position with the fewest different tokens goes first,
/// which is what anchors a group at the left or at the right; each part, and what is no word at that position together, is then
/// looked at again by itself. Once no position splits any further, one value is a literal and many are a star.
/// </summary>
internal static class TokenGrouper
{
    public static IEnumerable<TokenGroup> Group(IReadOnlyList<TokenisedName> names)
    {
        if (names.Count < 2) return [];
        if (WordPosition(names) is { } words)
            return Split(names, n => IsWord(n.Tokens[words]) ? n.Tokens[words] : "").SelectMany(Group);
        var pattern = Enumerable.Range(0, names[0].Tokens.Length).Select(i => Common(names, i)).ToList();
        if (pattern.Exists(token => token is not null)) return [new TokenGroup(pattern, [.. names.Select(n => n.File)])];
        // Nothing but stars would take in the whole folder: then any shared token will do to tell names apart.
        return SharedPosition(names) is { } shared ? Split(names, n => n.Tokens[shared]).SelectMany(Group) : [];
    }

    private static string? Common(IReadOnlyList<TokenisedName> names, int position)
    {
        var first = names[0].Tokens[position];
        return names.All(n => n.Tokens[position] == first) ? first : null;
    }

    /// <summary>The position with the fewest different tokens among those where words are the rule and some word is shared.</summary>
    private static int? WordPosition(IReadOnlyList<TokenisedName> names) => Tightest(names, counts =>
    {
        var words = counts.Where(c => IsWord(c.Key)).ToList();
        return words.Sum(w => w.Value) * 2 > names.Count && words.Exists(w => w.Value > 1);
    });

    private static int? SharedPosition(IReadOnlyList<TokenisedName> names) => Tightest(names, counts => counts.Exists(c => c.Value > 1));

    private static int? Tightest(IReadOnlyList<TokenisedName> names, Func<List<KeyValuePair<string, int>>, bool> qualifies)
    {
        (int Position, int Distinct)? best = null;
        for (var i = 0; i < names[0].Tokens.Length; i++)
        {
            var counts = names.CountBy(n => n.Tokens[i]).ToList();
            if (counts.Count > 1 && (best is null || counts.Count < best.Value.Distinct) && qualifies(counts)) best = (i, counts.Count);
        }
        return best?.Position;
    }

    private static IEnumerable<IReadOnlyList<TokenisedName>> Split(IReadOnlyList<TokenisedName> names, Func<TokenisedName, string> part) =>
        names.GroupBy(part).Select(p => p.ToList());

    private static bool IsWord(string token) => token.Length > 0 && token.All(char.IsLetter);
}
