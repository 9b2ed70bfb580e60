using Assay.Quality.Expressions.Syntax;

namespace Assay.Quality.Expressions.Translation;

/// <summary>The names that an expression may use.</summary>
internal sealed class Scope
{
    private readonly IReadOnlyList<ExpressionColumn> columns;
    private readonly Dictionary<string, ExpressionColumn> exact;
    private readonly ILookup<string, ExpressionColumn> folded;
    private readonly IReadOnlySet<string>? around;

    /// <param name="around">For a sub-query, names of the queries around it: they are known, and refused.</param>
    public Scope(IEnumerable<ExpressionColumn> columns, IReadOnlySet<string>? around = null)
    {
        (this.columns, this.around) = ([.. columns], around);
        exact = this.columns.DistinctBy(c => c.Name).ToDictionary(c => c.Name, StringComparer.Ordinal);
        folded = this.columns.ToLookup(c => c.Name, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The columns that were named.</summary>
    public HashSet<string> Used { get; } = new(StringComparer.Ordinal);

    /// <summary>Spark does not care about case; a name that is spelled exactly wins where two differ by case only.</summary>
    public Term Column(NameNode node)
    {
        // A field of a struct may be known under its whole path.
        for (var length = node.Parts.Count; length > 0; length--)
        {
            var name = string.Join('.', node.Parts.Take(length));
            var column = exact.GetValueOrDefault(name) ?? Single(node, name);
            if (column is null) continue;
            Used.Add(column.Name);
            return node.Parts.Skip(length).Aggregate(new Term(column.Sql, column.Type, node), (term, member) => Members.Of(term, member, node.Position));
        }

        if (around is not null && Enumerable.Range(1, node.Parts.Count).Any(length => around.Contains(string.Join('.', node.Parts.Take(length)))))
            throw new ExpressionException(node.Position, $"'{string.Join('.', node.Parts)}' is not a column here: sub-queries in expressions cannot name columns of the query around them; use a join instead");
        throw new ExpressionException(node.Position, $"'{string.Join('.', node.Parts)}' is not a field{Hint(node.Parts[^1])}");
    }

    private ExpressionColumn? Single(NameNode node, string name)
    {
        var found = folded[name].ToList();
        return found.Count > 1
            ? throw new ExpressionException(node.Position, $"'{name}' may be {string.Join(" or ", found.Select(f => f.Name))}: spell it exactly")
            : found.FirstOrDefault();
    }

    private string Hint(string name)
    {
        var near = columns.Select(c => (c.Name, Score: Rules.Similarity.Of(c.Name.ToLowerInvariant(), name.ToLowerInvariant()))).OrderByDescending(c => c.Score).FirstOrDefault();
        return near.Score >= 0.6 ? $"; is '{near.Name}' meant?" : "";
    }
}
