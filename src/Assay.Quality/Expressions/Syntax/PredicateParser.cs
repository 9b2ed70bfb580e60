namespace Assay.Quality.Expressions.Syntax;

/// <summary>Reads comparisons and what stands in their place: IN, BETWEEN, LIKE, IS.</summary>
internal sealed class PredicateParser(Parser parser)
{
    private static readonly HashSet<string> Comparisons = ["=", "==", "<>", "!=", "<", ">", "<=", ">=", "<=>"];

    public Node Parse()
    {
        var left = parser.Value();
        while (true)
        {
            var token = parser.Current;
            if (token.Kind == TokenKind.Sign && Comparisons.Contains(token.Text))
            {
                parser.Next();
                left = new BinaryNode(token.Position, token.Text switch { "==" => "=", "<>" => "!=", var sign => sign }, left, parser.Value());
            }
            else if (token.Is("is")) left = Is(left);
            else if (Predicate(left) is { } node) left = node;
            else return left;
        }
    }

    private Node? Predicate(Node left)
    {
        var negated = (parser.Current.Is("not") || parser.Current.IsSign("!")) && IsPredicate(parser.Peek(1));
        if (!negated && !IsPredicate(parser.Current)) return null;
        if (negated) parser.Next();
        var token = parser.Next();
        return token.Text.ToLowerInvariant() switch
        {
            "in" => In(token, left, negated),
            "between" => Between(token, left, negated),
            "regexp" or "rlike" => Like(token, left, "rlike", negated),
            var kind => Like(token, left, kind, negated),
        };
    }

    private static bool IsPredicate(Token token) =>
        token.Is("in") || token.Is("between") || token.Is("like") || token.Is("ilike") || token.Is("rlike") || token.Is("regexp");

    private Node Is(Node left)
    {
        var token = parser.Next();
        var negated = parser.Take("not");
        if (parser.Take("distinct"))
        {
            parser.Expect("from");
            return new DistinctNode(token.Position, left, parser.Value(), negated);
        }

        var what = parser.Current;
        if (!(what.Is("null") || what.Is("true") || what.Is("false") || what.Is("unknown")))
            throw new ExpressionException(what.Position, $"NULL, TRUE, FALSE or DISTINCT FROM is expected, not {what}");
        parser.Next();
        return new IsNode(token.Position, left, what.Text.ToLowerInvariant(), negated);
    }

    private Node In(Token token, Node left, bool negated)
    {
        parser.ExpectSign("(");
        if (parser.IsQuery()) return new InQueryNode(token.Position, left, parser.Query(), negated);
        var items = parser.List(")");
        return items.Count > 0 ? new InNode(token.Position, left, items, negated) : throw new ExpressionException(token.Position, "IN needs at least one value");
    }

    private BetweenNode Between(Token token, Node left, bool negated)
    {
        var low = parser.Value();
        parser.Expect("and");
        return new(token.Position, left, low, parser.Value(), negated);
    }

    private LikeNode Like(Token token, Node left, string kind, bool negated)
    {
        var word = parser.Current.Text.ToLowerInvariant();
        if (parser.Current.Kind == TokenKind.Name && word is "any" or "some" or "all" && parser.Peek(1).IsSign("("))
        {
            parser.Next();
            parser.Next();
            return new(token.Position, left, parser.List(")"), kind, word == "all" ? "all" : "any", '\\', negated);
        }

        var pattern = parser.Value();
        var escape = '\\';
        if (parser.Take("escape"))
        {
            var text = parser.Next();
            if (text.Kind != TokenKind.Text || text.Text.Length != 1) throw new ExpressionException(text.Position, "ESCAPE needs one character");
            escape = text.Text[0];
        }

        return new(token.Position, left, [pattern], kind, null, escape, negated);
    }
}
