using Assay.Quality.Expressions;

namespace Assay.Quality.Computed;

/// <summary>
/// The sources that a SELECT reads, each as often as it does. Queries that are named with WITH are written out wherever they are read, so that few words could make
/// very long statements.
/// </summary>
/// <param name="position">Of the SELECT.</param>
internal sealed class SourceReads(int position)
{
    private const int Most = 64;

    private readonly List<string> all = [];

    public IReadOnlyList<string> All => all;

    /// <exception cref="ExpressionException">They are too many.</exception>
    public void Add(QueryRelation rows)
    {
        all.AddRange(rows.Reads);
        if (all.Count > Most) throw new ExpressionException(position, $"The query reads more than {Most} sources, counting each as often as it is read");
    }
}
