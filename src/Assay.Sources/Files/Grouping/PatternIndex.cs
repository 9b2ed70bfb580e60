namespace Assay.Sources.Files.Grouping;

/// <summary>Finds the first of many patterns that matches a name, by what patterns begin and end with: a folder of 100,000 files may have half as many patterns.</summary>
internal sealed class PatternIndex
{
    private readonly IReadOnlyList<GlobPattern> patterns;
    private readonly Dictionary<(string Head, string Tail), List<int>> byEnds = [];
    private readonly HashSet<(int Head, int Tail)> lengths = [];

    public PatternIndex(IReadOnlyList<GlobPattern> patterns)
    {
        this.patterns = patterns;
        for (var rank = 0; rank < patterns.Count; rank++)
        {
            var (head, tail) = (patterns[rank].Head, patterns[rank].Tail);
            lengths.Add((head.Length, tail.Length));
            if (!byEnds.TryGetValue((head, tail), out var ranks)) byEnds[(head, tail)] = ranks = [];
            ranks.Add(rank);
        }
    }

    /// <summary>The lowest rank whose pattern matches; null where none does.</summary>
    public int? FirstMatch(string name)
    {
        int? best = null;
        foreach (var (head, tail) in lengths)
        {
            if (name.Length < head + tail || !byEnds.TryGetValue((name[..head], name[^tail..]), out var ranks)) continue;
            foreach (var rank in ranks)
            {
                if (best is { } b && rank >= b) break;
                if (patterns[rank].Matches(name)) best = rank;
            }
        }
        return best;
    }
}
