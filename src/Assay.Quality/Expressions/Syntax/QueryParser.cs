namespace Assay.Quality.Expressions.Syntax;

/// <summary>Reads the only kind of sub-query there is: <c>SELECT ... FROM {{_qualytics_self}}</c>.</summary>
internal sealed class QueryParser(Parser parser)
{
    public QueryNode Parse()
    {
        var start = parser.Next();
        var distinct = parser.Take("distinct");
        List<Node> items = [];
        do
        {
            items.Add(parser.Expression());
            if (parser.Take("as")) Name();
        }
        while (parser.TakeSign(","));
        parser.Expect("from");
        var source = parser.Next();
        if (source.Kind != TokenKind.Self)
            throw new ExpressionException(source.Position, $"A sub-query can only read {{{{{Lexer.SelfName}}}}}, not {source}");
        if (parser.Take("as") || parser.Current.Kind == TokenKind.QuotedName) Name();
        var where = parser.Take("where") ? parser.Expression() : null;
        List<Node> groups = [];
        if (parser.Take("group"))
        {
            parser.Expect("by");
            do groups.Add(parser.Expression());
            while (parser.TakeSign(","));
        }

        return new(start.Position, items, distinct, where, groups, parser.Take("having") ? parser.Expression() : null);
    }

    private void Name()
    {
        if (parser.Next() is { Kind: not (TokenKind.Name or TokenKind.QuotedName) } token) throw new ExpressionException(token.Position, $"A name is expected, not {token}");
    }
}
