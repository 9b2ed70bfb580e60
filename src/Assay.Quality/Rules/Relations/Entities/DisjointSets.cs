namespace Assay.Quality.Rules.Relations.Entities;

/// <summary>Sets that grow together.</summary>
internal sealed class DisjointSets(int count)
{
    private readonly int[] parents = [.. Enumerable.Range(0, count)];

    public int Find(int item)
    {
        while (parents[item] != item)
        {
            parents[item] = parents[parents[item]];
            item = parents[item];
        }

        return item;
    }

    public void Union(int a, int b) => parents[Find(b)] = Find(a);
}
