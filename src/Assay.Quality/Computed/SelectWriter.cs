using Assay.Engine;
using Assay.Quality.Expressions;
using Assay.Quality.Expressions.Syntax;

namespace Assay.Quality.Computed;

/// <summary>Writes one SELECT in the engine's words.</summary>
internal sealed class SelectWriter
{
    private readonly SelectNode query;
    private readonly ExpressionWriter expressions;
    private readonly List<(SelectSource Named, QueryRelation Rows)> from = [];
    private readonly List<ExpressionColumn> columns = [];
    private readonly Dictionary<string, QueryColumn> meanings = new(StringComparer.Ordinal);
    private readonly List<(QueryColumn Column, string Sql)> items = [];
    private readonly HashSet<string> tested = new(StringComparer.Ordinal);

    /// <param name="relations">What each of its sources stands for.</param>
    /// <param name="queries">Writes the sub-queries of its expressions.</param>
    /// <param name="reads">Gets what those read.</param>
    public SelectWriter(SelectNode query, IReadOnlyList<(SelectSource Named, QueryRelation Rows)> relations, QueryWriter queries, SourceReads reads, ExpressionSettings settings)
    {
        this.query = query;
        foreach (var (named, rows) in relations)
        {
            if (from.Exists(f => f.Named.Alias.Equals(named.Alias, StringComparison.OrdinalIgnoreCase)))
                throw new ExpressionException(named.Position, $"'{named.Alias}' stands for two sources; give one of them another name");
            from.Add((named, rows));
            tested.UnionWith(rows.Tested);
        }

        foreach (var (named, rows) in from)
            foreach (var column in rows.Columns) Add($"{named.Alias}.{column.Name}", named, column);
        // A name that only one source has needs no prefix.
        foreach (var single in from.SelectMany(f => f.Rows.Columns.Select(column => (f.Named, Column: column))).GroupBy(f => f.Column.Name, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() == 1))
            Add(single.First().Column.Name, single.First().Named, single.First().Column);
        expressions = new(columns, meanings, queries, reads, settings);
    }

    public QueryRelation Write()
    {
        foreach (var item in query.Items) Item(item);
        if (query.Distinct) TestEquality(items.Select(i => (i.Column.Origins, i.Column.IsPlain)));
        var relations = $"({from[0].Rows.Sql}) AS {EngineName.Quote(from[0].Named.Alias)}";
        foreach (var (join, (named, rows)) in query.Joins.Zip(from.Skip(1)))
        {
            relations += $" {join.Kind} JOIN ({rows.Sql}) AS {EngineName.Quote(named.Alias)}";
            if (join.On is not null) relations += $" ON {On(join.On)}";
        }

        var sql = $"SELECT {(query.Distinct ? "DISTINCT " : "")}{string.Join(", ", items.Select(i => $"{i.Sql} AS {EngineName.Quote(i.Column.Name)}"))} FROM {relations}";
        if (query.Where is not null) sql += $" WHERE {Test(query.Where, ExpressionMode.Row)}";
        if (query.Groups.Count > 0) sql += $" GROUP BY {string.Join(", ", Groups())}";
        if (query.Having is not null) sql += $" HAVING {Test(query.Having, ExpressionMode.Query)}";
        var orders = query.Orders.Select(o => (Order: o, Key: Key(o.Operand))).ToList();
        if (orders.Count > 0) sql += $" ORDER BY {string.Join(", ", orders.Select(o => Ordered(o.Key.Sql, o.Order)))}";
        if (query.Limit is { } limit)
        {
            sql += $" LIMIT {limit}";
            tested.UnionWith(orders.SelectMany(o => o.Key.Origins));
        }
        return new("", $"{sql} SETTINGS prefer_column_name_to_alias = 1, join_use_nulls = 1", [.. items.Select(i => i.Column)], tested, []);
    }

    public static string Ordered(string key, OrderNode order) => $"{key}{(order.Descending ? " DESC" : " ASC")} NULLS {(order.NullsFirst ?? !order.Descending ? "FIRST" : "LAST")}";

    private void Item(SelectItem item)
    {
        if (item.Expression is { } expression)
        {
            var written = Noted(expressions.Value(expression, ExpressionMode.Select));
            Add(item, new(item.Name, written.Type, written.Origins, written.IsPlain), written.Sql);
            return;
        }

        var meant = from.Where(f => item.Of is null || f.Named.Alias.Equals(item.Of, StringComparison.OrdinalIgnoreCase)).ToList();
        if (meant.Count == 0) throw new ExpressionException(item.Position, $"'{item.Of}' is no source of this query");
        foreach (var (named, rows) in meant)
            foreach (var column in rows.Columns) Add(item, column, Sql(named, column));
    }

    private void Add(SelectItem item, QueryColumn column, string sql)
    {
        if (items.Exists(i => i.Column.Name == column.Name)) throw new ExpressionException(item.Position, $"Two columns would be called '{column.Name}'; give one of them another name with AS");
        items.Add((column, sql));
    }

    private void Add(string name, SelectSource named, QueryColumn column)
    {
        meanings[name] = column;
        columns.Add(new(name, Sql(named, column), column.Type));
    }

    /// <summary>What a condition names decides which rows there are.</summary>
    private string Test(Node node, ExpressionMode mode)
    {
        var condition = Noted(expressions.Condition(node, mode));
        tested.UnionWith(condition.Origins);
        return condition.Sql;
    }

    /// <summary>So does what a join asks, but for columns of two sources being equal: that is what joins are for.</summary>
    private string On(Node node)
    {
        if (node is BinaryNode { Sign: "and" } both) return $"({On(both.Left)} AND {On(both.Right)})";
        return node is BinaryNode { Sign: "=" } equal && IsPlain(equal.Left) && IsPlain(equal.Right) ? expressions.Condition(node, ExpressionMode.Row).Sql : Test(node, ExpressionMode.Row);
    }

    private IEnumerable<string> Groups()
    {
        var keys = query.Groups.Select(Key).ToList();
        TestEquality(keys.Select(k => (k.Origins, k.IsPlain)));
        return keys.Select(k => k.Sql);
    }

    /// <summary>Rows that become one tell what is computed from their values. That values are equal, as they are, may be told, as by joins.</summary>
    private void TestEquality(IEnumerable<(IReadOnlyCollection<string> Origins, bool IsPlain)> compared) => tested.UnionWith(compared.Where(c => !c.IsPlain).SelectMany(c => c.Origins));

    private bool IsPlain(Node node) => node is NameNode && expressions.Value(node, ExpressionMode.Row).IsPlain;

    /// <summary>What a sub-query tests can be told by its value, wherever that stands.</summary>
    private WrittenExpression Noted(WrittenExpression written)
    {
        tested.UnionWith(written.Tested);
        return written;
    }

    /// <summary>What is grouped or ordered by: an expression, or a column of the result by its name or place.</summary>
    private (string Sql, IReadOnlyCollection<string> Origins, bool IsPlain) Key(Node node)
    {
        if (node is NumberNode { Text: var place } && int.TryParse(place, out var number))
            return number >= 1 && number <= items.Count ? (items[number - 1].Sql, items[number - 1].Column.Origins, items[number - 1].Column.IsPlain) : throw new ExpressionException(node.Position, $"There is no column {number}");
        if (node is NameNode { Parts: [var name] } && !meanings.ContainsKey(name) && items.Find(i => i.Column.Name == name) is { Column: { } item } found) return (found.Sql, item.Origins, item.IsPlain);
        var written = Noted(expressions.Value(node, ExpressionMode.Query));
        return (written.Sql, written.Origins, written.IsPlain);
    }

    private static string Sql(SelectSource named, QueryColumn column) => $"{EngineName.Quote(named.Alias)}.{EngineName.Quote(column.Name)}";
}
