namespace Assay.Quality.Expressions.Syntax;

/// <summary>Reads what operators stand between: literals, names, calls, CASE, CAST, parentheses.</summary>
internal sealed class PrimaryParser(Parser parser)
{
    public Node Parse()
    {
        var token = parser.Current;
        switch (token.Kind)
        {
            case TokenKind.Number:
                parser.Next();
                return new NumberNode(token.Position, token.Text);
            case TokenKind.Text:
                return Text();
            case TokenKind.Variable:
                parser.Next();
                return new VariableNode(token.Position, token.Text);
            case TokenKind.Self:
                throw new ExpressionException(token.Position, $"{{{{{Lexer.SelfName}}}}} can only be read by a sub-query: (SELECT ... FROM {{{{{Lexer.SelfName}}}}})");
            case TokenKind.QuotedName:
                return Name();
            case TokenKind.Name:
                return Word(token);
            case TokenKind.Sign when token.Text == "(":
                return Parentheses();
            case TokenKind.Sign when token.Text == "*":
                parser.Next();
                return new StarNode(token.Position);
            default:
                throw parser.Unexpected();
        }
    }

    /// <summary>Texts that follow each other are one.</summary>
    private TextNode Text()
    {
        var token = parser.Next();
        var value = token.Text;
        while (parser.Current.Kind == TokenKind.Text) value += parser.Next().Text;
        return new(token.Position, value);
    }

    private Node Word(Token token)
    {
        var word = token.Text.ToLowerInvariant();
        var follows = parser.Peek(1);
        switch (word)
        {
            case "null":
                parser.Next();
                return new NullNode(token.Position);
            case "true" or "false":
                parser.Next();
                return new FlagNode(token.Position, word == "true");
            case "case":
                return Case();
            case "date" or "timestamp" or "timestamp_ntz" or "timestamp_ltz" when follows.Kind == TokenKind.Text:
                parser.Next();
                return new MomentNode(token.Position, word == "date", parser.Next().Text);
            case "interval" when follows.Kind is TokenKind.Text or TokenKind.Number or TokenKind.Name || follows.IsSign("-") || follows.IsSign("("):
                return new IntervalParser(parser).Parse();
            case "exists" when parser.Subqueries is not null && follows.IsSign("(") && parser.IsQuery(2):
                return Exists();
            case "select" when parser.Subqueries is not null:
                throw new ExpressionException(token.Position, "A sub-query needs parentheses around it");
            case "select" or "exists" when word == "select" || follows.IsSign("(") && parser.Peek(2).Is("select"):
                throw new ExpressionException(token.Position, "A sub-query is not possible here");
        }

        if (Words.Reserved.Contains(word)) throw parser.Unexpected();
        if (follows.IsSign("(")) return new CallParser(parser).Parse();
        if (follows.IsSign("->"))
        {
            parser.Next();
            parser.Next();
            return new LambdaNode(token.Position, [token.Text], parser.Expression());
        }

        return word is "current_date" or "current_timestamp" or "localtimestamp" && !follows.IsSign(".")
            ? new CallNode(parser.Next().Position, word, [])
            : Name();
    }

    private NameNode Name()
    {
        var first = parser.Next();
        List<string> parts = [first.Text];
        while (parser.Current.IsSign(".") && parser.Peek(1).Kind is TokenKind.Name or TokenKind.QuotedName)
        {
            parser.Next();
            parts.Add(parser.Next().Text);
        }

        return new(first.Position, parts);
    }

    private Node Parentheses()
    {
        var open = parser.Next();
        if (parser.IsQuery()) return parser.Query();
        if (Lambda(open) is { } lambda) return lambda;
        var items = parser.List(")");
        return items.Count switch
        {
            1 => items[0],
            0 => throw new ExpressionException(open.Position, "The parentheses are empty"),
            _ => new CallNode(open.Position, "struct", items),
        };
    }

    private ExistsNode Exists()
    {
        var word = parser.Next();
        parser.ExpectSign("(");
        var query = ((SubqueryNode)parser.Query()).Query;
        // Nobody reads the columns: for all of them, their names would have to differ.
        return new(word.Position, query is { Unions: [], First.Items: [{ Expression: null, Of: null } all] }
            ? query with { First = query.First with { Items = [all with { Expression = new FlagNode(all.Position, true) }] } } : query);
    }

    /// <summary><c>(a, b) -> ...</c></summary>
    private LambdaNode? Lambda(Token open)
    {
        var ahead = 0;
        while (parser.Peek(ahead).Kind == TokenKind.Name && parser.Peek(ahead + 1).IsSign(",")) ahead += 2;
        if (parser.Peek(ahead).Kind != TokenKind.Name || !parser.Peek(ahead + 1).IsSign(")") || !parser.Peek(ahead + 2).IsSign("->")) return null;
        List<string> names = [];
        do names.Add(parser.Next().Text);
        while (parser.TakeSign(","));
        parser.ExpectSign(")");
        parser.ExpectSign("->");
        return new(open.Position, names, parser.Expression());
    }

    private CaseNode Case()
    {
        var start = parser.Next();
        var operand = parser.Current.Is("when") ? null : parser.Expression();
        List<(Node, Node)> branches = [];
        while (parser.Take("when"))
        {
            var when = parser.Expression();
            parser.Expect("then");
            branches.Add((when, parser.Expression()));
        }

        if (branches.Count == 0) throw new ExpressionException(parser.Current.Position, $"WHEN is expected, not {parser.Current}");
        var otherwise = parser.Take("else") ? parser.Expression() : null;
        parser.Expect("end");
        return new(start.Position, operand, branches, otherwise);
    }
}
