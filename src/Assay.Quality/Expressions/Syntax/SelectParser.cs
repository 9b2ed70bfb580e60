namespace Assay.Quality.Expressions.Syntax;

/// <summary>Reads a query over named sources: SELECTs with UNION, sub-queries in FROM and in expressions, and WITH.</summary>
internal sealed class SelectParser
{
    private static readonly string[] Clauses = ["join", "inner", "left", "right", "full", "cross", "where", "group", "having", "order", "limit", "on", "union"];

    /// <summary>Deeper nesting is refused before it overflows the stack.</summary>
    private const int DeepestNesting = 16;

    private readonly string text;
    private readonly Parser parser;
    private int depth;

    private SelectParser(string text, ExpressionSettings settings)
    {
        (this.text, parser) = (text, Parser.Begin(text, settings));
        parser.Subqueries = Query;
    }

    /// <exception cref="ExpressionException">It is not one query.</exception>
    public static SelectQuery Parse(string text, ExpressionSettings settings)
    {
        var reader = new SelectParser(text, settings);
        var query = reader.Query();
        return reader.parser.Current.Kind == TokenKind.End ? query : throw reader.parser.Unexpected();
    }

    private SelectQuery Query()
    {
        if (++depth > DeepestNesting) throw new ExpressionException(parser.Current.Position, "The query is nested too deeply");
        List<NamedQuery> with = [];
        if (parser.Take("with"))
        {
            do with.Add(Named());
            while (parser.TakeSign(","));
        }
        var first = Select();
        List<(bool, SelectNode)> unions = [];
        while (parser.Take("union")) unions.Add((IsDistinct(), Select()));
        SelectQuery query = unions.Count == 0 ? new(with, first with { Orders = Orders(), Limit = Limit() }, [], [], null) : new(with, first, unions, Orders(), Limit());
        depth--;
        return query;
    }

    private bool IsDistinct()
    {
        if (parser.Take("all")) return false;
        parser.Take("distinct");
        return true;
    }

    private NamedQuery Named()
    {
        var position = parser.Current.Position;
        var name = Name();
        parser.Expect("as");
        return new(position, name, Parenthesised());
    }

    private SelectQuery Parenthesised()
    {
        parser.ExpectSign("(");
        var query = Query();
        parser.ExpectSign(")");
        return query;
    }

    private SelectNode Select()
    {
        parser.Expect("select");
        var distinct = parser.Take("distinct");
        List<SelectItem> items = [];
        do items.Add(Item());
        while (parser.TakeSign(","));
        parser.Expect("from");
        var first = Source();
        var joins = Joins().ToList();
        var where = parser.Take("where") ? parser.Expression() : null;
        List<Node> groups = [];
        if (parser.Take("group")) groups = By(parser.Expression);
        return new(distinct, items, first, joins, where, groups, parser.Take("having") ? parser.Expression() : null, [], null);
    }

    private SelectItem Item()
    {
        var start = parser.Current;
        if (parser.TakeSign("*")) return new(start.Position, null, null, "*");
        if (IsName(start) && parser.Peek(1).IsSign(".") && parser.Peek(2).IsSign("*"))
        {
            var of = parser.Next().Text;
            parser.Next();
            parser.Next();
            return new(start.Position, null, of, "*");
        }

        var expression = parser.Expression();
        var end = parser.Current.Position;
        if (parser.Take("as") || IsName(parser.Current) && !parser.Current.Is("from")) return new(start.Position, expression, null, Name());
        return new(start.Position, expression, null, expression is NameNode name ? name.Parts[^1] : text[start.Position..end].Trim());
    }

    private SelectSource Source()
    {
        var position = parser.Current.Position;
        var query = parser.Current.IsSign("(") ? Parenthesised() : null;
        var name = query is null ? Name() : null;
        if (parser.Take("as") || IsName(parser.Current) && !Array.Exists(Clauses, parser.Current.Is)) return new(position, name ?? "", query, Name());
        return name is null ? throw new ExpressionException(position, "A sub-query needs a name: AS and the name behind it") : new(position, name, null, name);
    }

    private IEnumerable<SelectJoin> Joins()
    {
        while (true)
        {
            if (parser.TakeSign(",") || parser.Current.Is("cross"))
            {
                if (parser.Take("cross")) parser.Expect("join");
                yield return new("CROSS", Source(), null);
                continue;
            }

            if (Kind() is not { } kind) yield break;
            var source = Source();
            parser.Expect("on");
            yield return new(kind, source, parser.Expression());
        }
    }

    /// <summary>The engine's words for the join that begins here; null where none does.</summary>
    private string? Kind()
    {
        if (parser.Take("join")) return "INNER";
        var word = parser.Current.Text.ToLowerInvariant();
        if (!(parser.Take("inner") || parser.Take("left") || parser.Take("right") || parser.Take("full"))) return null;
        var kind = word.ToUpperInvariant();
        if (word == "left" && (parser.Current.Is("semi") || parser.Current.Is("anti"))) kind += $" {parser.Next().Text.ToUpperInvariant()}";
        else if (word != "inner") parser.Take("outer");
        parser.Expect("join");
        return kind;
    }

    private List<T> By<T>(Func<T> read)
    {
        parser.Expect("by");
        List<T> items = [];
        do items.Add(read());
        while (parser.TakeSign(","));
        return items;
    }

    private OrderNode Order()
    {
        var position = parser.Current.Position;
        var operand = parser.Expression();
        var descending = parser.Take("desc");
        if (!descending) parser.Take("asc");
        bool? first = null;
        if (parser.Take("nulls")) first = parser.Take("first") || (parser.Take("last") ? false : throw parser.Unexpected());
        return new(position, operand, descending, first);
    }

    private List<OrderNode> Orders() => parser.Take("order") ? By(Order) : [];

    private long? Limit()
    {
        if (!parser.Take("limit")) return null;
        var token = parser.Next();
        return token.Kind == TokenKind.Number && long.TryParse(token.Text, out var limit) ? limit : throw new ExpressionException(token.Position, $"A whole number is expected, not {token}");
    }

    private string Name() => IsName(parser.Current) ? parser.Next().Text : throw new ExpressionException(parser.Current.Position, $"A name is expected, not {parser.Current}");

    private static bool IsName(Token token) => token.Kind is TokenKind.Name or TokenKind.QuotedName;
}
