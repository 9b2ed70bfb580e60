using Assay.Engine;
using Assay.Quality.Expressions;
using Assay.Quality.Expressions.Syntax;

namespace Assay.Quality.Computed;

/// <summary>Writes a query in the engine's words. Queries within it are written first, with where each of their columns comes from, and then read like sources.</summary>
internal sealed class QueryWriter
{
    /// <summary>What an expression repeats can be a sub-query, in which another is repeated.</summary>
    private const int LongestSql = 1 << 20;

    private readonly IReadOnlyList<QueryRelation> known;
    private readonly ExpressionSettings settings;
    private readonly HashSet<string> read;

    /// <param name="known">What may be named.</param>
    public QueryWriter(IReadOnlyList<QueryRelation> known, ExpressionSettings settings) : this(known, settings, new(StringComparer.OrdinalIgnoreCase), null)
    {
    }

    private QueryWriter(IReadOnlyList<QueryRelation> known, ExpressionSettings settings, HashSet<string> read, IReadOnlySet<string>? around) =>
        (this.known, this.settings, this.read, Around) = (known, settings, read, around);

    /// <summary>For sub-queries in expressions, the columns of the queries around them.</summary>
    public IReadOnlySet<string>? Around { get; }

    /// <summary>Writes the sub-queries in expressions over these columns.</summary>
    public QueryWriter Within(IEnumerable<string> columns) => new(known, settings, read, columns.Union(Around ?? Enumerable.Empty<string>()).ToHashSet(StringComparer.OrdinalIgnoreCase));

    public QueryRelation Write(SelectQuery query)
    {
        var inner = query.With.Count == 0 ? this : With(query.With);
        var first = inner.Select(query.First);
        if (query.Unions.Count > 0) first = Ordered(query.Unions.Aggregate(first, (above, union) => Union(above, union.Distinct, inner.Select(union.Select), union.Select)), query);
        foreach (var named in query.With.Where(w => !read.Contains(w.Name))) throw new ExpressionException(named.Position, $"'{named.Name}' is not read; leave it out");
        return first;
    }

    private QueryWriter With(IReadOnlyList<NamedQuery> queries)
    {
        var writer = this;
        var names = known.ToList();
        foreach (var named in queries)
        {
            if (names.Exists(k => k.Name.Equals(named.Name, StringComparison.OrdinalIgnoreCase))) throw new ExpressionException(named.Position, $"'{named.Name}' is the name of something else already");
            names.Add(writer.Write(named.Query) with { Name = named.Name });
            writer = new([.. names], settings, read, Around);
        }
        return writer;
    }

    private QueryRelation Select(SelectNode select)
    {
        var relations = select.Sources.Select(s => (s, s.Query is null ? Find(s) : Write(s.Query))).ToList();
        var reads = new SourceReads(select.First.Position);
        foreach (var (_, rows) in relations) reads.Add(rows);
        var written = new SelectWriter(select, relations, this, reads, settings).Write();
        return written.Sql.Length > LongestSql ? throw new ExpressionException(select.First.Position, "The query becomes too long") : written with { Reads = reads.All };
    }

    private QueryRelation Find(SelectSource named)
    {
        read.Add(named.Name);
        return known.FirstOrDefault(k => k.Name.Equals(named.Name, StringComparison.OrdinalIgnoreCase))
            ?? throw new ExpressionException(named.Position, $"'{named.Name}' is no source; the sources are {string.Join(", ", known.Select(s => s.Name))}");
    }

    private static QueryRelation Union(QueryRelation above, bool distinct, QueryRelation below, SelectNode select)
    {
        if (above.Columns.Count != below.Columns.Count)
            throw new ExpressionException(select.Items[0].Position, $"The SELECTs of a UNION need as many columns as the first, {above.Columns.Count}; this one has {below.Columns.Count}");
        var columns = above.Columns.Zip(below.Columns, (a, b) => new QueryColumn(a.Name, Common(a.Type, b.Type), [.. a.Origins.Union(b.Origins)], a.IsPlain && b.IsPlain)).ToList();
        // Rows that become one tell what is computed from their values.
        var compared = distinct ? columns.Where(c => !c.IsPlain).SelectMany(c => c.Origins) : [];
        return new("", $"({above.Sql}) UNION {(distinct ? "DISTINCT" : "ALL")} ({below.Sql})", columns, above.Tested.Union(below.Tested).Union(compared).ToHashSet(), [.. above.Reads, .. below.Reads]);
    }

    /// <summary>The type of a column that has values of both; the engine finds its own, or says that there is none.</summary>
    private static SqlType Common(SqlType a, SqlType b) => a == b || b.Kind == SqlKind.Null ? a : a.Kind == SqlKind.Null ? b : SqlType.Unknown;

    private static QueryRelation Ordered(QueryRelation union, SelectQuery query)
    {
        var keys = query.Orders.Select(o => (Column: Column(union, o.Operand), Order: o)).ToList();
        var sql = $"SELECT {string.Join(", ", union.Columns.Select(c => EngineName.Quote(c.Name)))} FROM ({union.Sql})";
        if (keys.Count > 0) sql += $" ORDER BY {string.Join(", ", keys.Select(k => SelectWriter.Ordered(EngineName.Quote(k.Column.Name), k.Order)))}";
        return query.Limit is { } limit ? union with { Sql = $"{sql} LIMIT {limit}", Tested = union.Tested.Union(keys.SelectMany(k => k.Column.Origins)).ToHashSet() } : union with { Sql = sql };
    }

    /// <summary>All rows of a UNION are ordered by columns of the result, by name or place.</summary>
    private static QueryColumn Column(QueryRelation union, Node node) => node switch
    {
        NumberNode { Text: var place } when int.TryParse(place, out var number) && number >= 1 && number <= union.Columns.Count => union.Columns[number - 1],
        NameNode { Parts: [var name] } when union.Columns.FirstOrDefault(c => c.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } column => column,
        _ => throw new ExpressionException(node.Position, $"A UNION can only be ordered by its columns: {string.Join(", ", union.Columns.Select(c => c.Name))}"),
    };
}
