using Assay.Engine;
using Assay.Quality.Expressions;
using Assay.Quality.Expressions.Syntax;

namespace Assay.Quality.Computed;

/// <summary>Writes a query in the engine's words. Queries within it are written first, with where each of their columns comes from, and then read like sources.</summary>
internal sealed class QueryWriter
{
    /// <summary>Queries that are named with WITH are written out wherever they are read, so that few words could make very long statements.</summary>
    private const int MostReads = 64;

    private readonly IReadOnlyList<QueryRelation> known;
    private readonly ExpressionSettings settings;
    private readonly HashSet<string> read;

    /// <param name="known">What may be named.</param>
    public QueryWriter(IReadOnlyList<QueryRelation> known, ExpressionSettings settings) : this(known, settings, new(StringComparer.OrdinalIgnoreCase))
    {
    }

    private QueryWriter(IReadOnlyList<QueryRelation> known, ExpressionSettings settings, HashSet<string> read) => (this.known, this.settings, this.read) = (known, settings, read);

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
            writer = new([.. names], settings, read);
        }
        return writer;
    }

    private QueryRelation Select(SelectNode select)
    {
        var relations = select.Sources.Select(s => (s, s.Query is null ? Find(s) : Write(s.Query))).ToList();
        var reads = relations.SelectMany(r => r.Item2.Reads).ToList();
        return reads.Count > MostReads ? throw new ExpressionException(select.First.Position, $"The query reads more than {MostReads} sources, counting each as often as it is read")
            : new SelectWriter(select, relations, settings).Write() with { Reads = reads };
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
        return new("", $"({above.Sql}) UNION {(distinct ? "DISTINCT" : "ALL")} ({below.Sql})",
            [.. above.Columns.Zip(below.Columns, (a, b) => new QueryColumn(a.Name, Common(a.Type, b.Type), [.. a.Origins.Union(b.Origins)], a.IsPlain && b.IsPlain))],
            above.Tested.Union(below.Tested).ToHashSet(), [.. above.Reads, .. below.Reads]);
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
