namespace Assay.Quality.Expressions.Syntax;

/// <summary>A query over several sources, as it was written: one SELECT, or several put under each other.</summary>
/// <param name="With">Queries that it names before.</param>
/// <param name="Unions">The SELECTs behind the first, each with whether equal rows are one.</param>
/// <param name="Orders">For several SELECTs, the order of all rows; that of a single one stands with it.</param>
internal sealed record SelectQuery(
    IReadOnlyList<NamedQuery> With, SelectNode First, IReadOnlyList<(bool Distinct, SelectNode Select)> Unions, IReadOnlyList<OrderNode> Orders, long? Limit);

internal sealed record NamedQuery(int Position, string Name, SelectQuery Query);

internal sealed record SelectNode(
    bool Distinct, IReadOnlyList<SelectItem> Items, SelectSource First, IReadOnlyList<SelectJoin> Joins, Node? Where, IReadOnlyList<Node> Groups, Node? Having,
    IReadOnlyList<OrderNode> Orders, long? Limit)
{
    public IEnumerable<SelectSource> Sources => Joins.Select(j => j.Source).Prepend(First);
}

/// <summary>A column of the result.</summary>
/// <param name="Expression">Null for <c>*</c>.</param>
/// <param name="Of">For <c>*</c> the source whose columns are meant; null for all.</param>
/// <param name="Name">What the column is called: its alias, or for a plain column its own name, or the expression's text.</param>
internal sealed record SelectItem(int Position, Node? Expression, string? Of, string Name);

/// <param name="Name">The source's name, as it was declared.</param>
/// <param name="Query">A sub-query in the place of a name.</param>
/// <param name="Alias">What the query calls it.</param>
internal sealed record SelectSource(int Position, string Name, SelectQuery? Query, string Alias);

/// <param name="Kind">The engine's words before JOIN.</param>
/// <param name="On">Null for every row with every other.</param>
internal sealed record SelectJoin(string Kind, SelectSource Source, Node? On);
