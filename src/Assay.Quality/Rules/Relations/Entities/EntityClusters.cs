using Assay.Quality.Checks;

namespace Assay.Quality.Rules.Relations.Entities;

/// <summary>Groups names that stand for the same entity. Pairs are transitive.</summary>
internal static class EntityClusters
{
    public static IEnumerable<IReadOnlyList<string>> Of(IReadOnlyList<string> names, CheckProperties options)
    {
        var plain = names.Select(EntityName.Plain).ToList();
        var sets = new DisjointSets(names.Count);
        var byPlain = Pair(sets, plain, name => name);
        if (options.Flag("pair_homophones")) Pair(sets, plain, EntityName.Sound);
        if (options.Flag("pair_substrings")) PairParts(sets, plain, byPlain);
        if (options.Number("spelling_similarity_threshold") is { } threshold) PairSpellings(sets, byPlain, (double)threshold);
        return Enumerable.Range(0, names.Count).GroupBy(sets.Find).Select(g => (IReadOnlyList<string>)[.. g.Select(i => names[i])]);
    }

    private static Dictionary<string, int> Pair(DisjointSets sets, List<string> plain, Func<string, string> key)
    {
        var first = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < plain.Count; i++)
        {
            if (key(plain[i]) is not { Length: > 0 } text) continue;
            if (!first.TryAdd(text, i)) sets.Union(first[text], i);
        }

        return first;
    }

    /// <summary>Every run of a name's words is looked up, which costs little: names have few words.</summary>
    private static void PairParts(DisjointSets sets, List<string> plain, Dictionary<string, int> byPlain)
    {
        for (var i = 0; i < plain.Count; i++)
        {
            var words = plain[i].Split(' ');
            for (var from = 0; from < words.Length; from++)
            {
                for (var to = from + 1; to <= words.Length; to++)
                {
                    if (byPlain.TryGetValue(string.Join(' ', words[from..to]), out var part)) sets.Union(part, i);
                }
            }
        }
    }

    private static void PairSpellings(DisjointSets sets, Dictionary<string, int> byPlain, double threshold)
    {
        var tree = new SpellingTree();
        foreach (var (name, index) in byPlain)
        {
            foreach (var (other, edits) in tree.Near(name, length => (int)Math.Floor((1 - threshold) * length + 1e-9)))
            {
                if (1 - (double)edits / Math.Max(name.Length, other.Length) >= threshold - 1e-9) sets.Union(byPlain[other], index);
            }

            tree.Add(name);
        }
    }
}
