namespace Assay.Quality.Rules.Relations.Entities;

/// <summary>Finds names within some edits of another without comparing all of them (a BK-tree).</summary>
internal sealed class SpellingTree
{
    private readonly List<(string Name, Dictionary<int, int> Children)> nodes = [];
    private int longest;

    public void Add(string name)
    {
        longest = Math.Max(longest, name.Length);
        nodes.Add((name, []));
        if (nodes.Count == 1) return;
        var at = 0;
        while (true)
        {
            var distance = Similarity.Edits(name, nodes[at].Name);
            if (!nodes[at].Children.TryGetValue(distance, out var next))
            {
                nodes[at].Children[distance] = nodes.Count - 1;
                return;
            }

            at = next;
        }
    }

    /// <param name="name">The name.</param>
    /// <param name="radius">Edits that may lie between two names of which the longer has so many characters.</param>
    public IEnumerable<(string Name, int Edits)> Near(string name, Func<int, int> radius)
    {
        // A longer name allows more edits, as long as its length alone is not too many of them.
        var length = name.Length;
        while (length < longest && length + 1 - name.Length <= radius(length + 1)) length++;
        var reach = radius(length);
        var open = new Stack<int>();
        if (nodes.Count > 0) open.Push(0);
        while (open.TryPop(out var at))
        {
            var (other, children) = nodes[at];
            var edits = Similarity.Edits(name, other);
            if (edits <= radius(Math.Max(name.Length, other.Length))) yield return (other, edits);
            foreach (var (distance, child) in children)
            {
                if (Math.Abs(distance - edits) <= reach) open.Push(child);
            }
        }
    }
}
