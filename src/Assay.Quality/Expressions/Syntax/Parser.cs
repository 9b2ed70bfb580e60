namespace Assay.Quality.Expressions.Syntax;

/// <summary>Reads one expression of Spark SQL: operators by how tightly they bind, the rest in <see cref="PrimaryParser"/>.</summary>
internal sealed class Parser
{
    /// <summary>Deeper nesting is refused before it overflows the stack.</summary>
    private const int DeepestNesting = 200;

    private readonly List<Token> tokens;
    private int at;
    private int depth;

    private Parser(List<Token> tokens) => this.tokens = tokens;

    /// <exception cref="ExpressionException">It is not one expression.</exception>
    public static Node Parse(string text, ExpressionSettings settings)
    {
        var parser = new Parser(Lexer.Cut(text, settings));
        var first = parser.Current;
        if (first.Kind == TokenKind.End) throw new ExpressionException(0, "The expression is empty");
        if (Words.Statements.Contains(first.Text) && first.Kind == TokenKind.Name && !Words.Reserved.Contains(parser.Peek(1).Text) && parser.Peek(1).Kind is TokenKind.Name or TokenKind.Number or TokenKind.QuotedName or TokenKind.Self)
            throw new ExpressionException(first.Position, $"A statement ({first.Text.ToUpperInvariant()}) cannot be given: only an expression");
        var node = parser.Expression();
        return parser.Current.Kind == TokenKind.End ? node : throw parser.Unexpected();
    }

    /// <summary>Begins to read a whole query.</summary>
    /// <exception cref="ExpressionException">Something is no token.</exception>
    public static Parser Begin(string text, ExpressionSettings settings) => new(Lexer.Cut(text, settings));

    /// <summary>Reads the sub-queries of a query over sources. Without it there are only those of the frame under scan.</summary>
    public Func<SelectQuery>? Subqueries { get; set; }

    public Token Current => tokens[at];

    public Token Peek(int ahead) => tokens[Math.Min(at + ahead, tokens.Count - 1)];

    public Token Next() => tokens[at++];

    public bool Take(string keyword)
    {
        if (!Current.Is(keyword)) return false;
        at++;
        return true;
    }

    public bool TakeSign(string sign)
    {
        if (!Current.IsSign(sign)) return false;
        at++;
        return true;
    }

    public void Expect(string keyword)
    {
        if (!Take(keyword)) throw new ExpressionException(Current.Position, $"{keyword.ToUpperInvariant()} is expected, not {Current}");
    }

    public void ExpectSign(string sign)
    {
        if (!TakeSign(sign)) throw new ExpressionException(Current.Position, $"'{sign}' is expected, not {Current}");
    }

    public ExpressionException Unexpected() => new(Current.Position, Current.Kind == TokenKind.End ? "The expression ends too early" : $"{Current} is not expected");

    public List<Node> List(string end)
    {
        List<Node> items = [];
        if (TakeSign(end)) return items;
        do items.Add(Expression());
        while (TakeSign(","));
        ExpectSign(end);
        return items;
    }

    /// <summary>Whether a sub-query begins so many tokens ahead.</summary>
    public bool IsQuery(int ahead = 0) => Peek(ahead).Is("select") || Subqueries is not null && Peek(ahead).Is("with") && Peek(ahead + 2).Is("as");

    /// <summary>A sub-query, with the parenthesis that closes it.</summary>
    public Node Query()
    {
        Node query = Subqueries is null ? new QueryParser(this).Parse() : new SubqueryNode(Current.Position, Subqueries());
        ExpectSign(")");
        return query;
    }

    public Node Expression()
    {
        if (++depth > DeepestNesting) throw new ExpressionException(Current.Position, "The expression is nested too deeply");
        var node = Or();
        depth--;
        return node;
    }

    private Node Or()
    {
        var left = And();
        while (Current.Is("or"))
        {
            var token = Next();
            left = new BinaryNode(token.Position, "or", left, And());
        }

        return left;
    }

    private Node And()
    {
        var left = Not();
        while (Current.Is("and"))
        {
            var token = Next();
            left = new BinaryNode(token.Position, "and", left, Not());
        }

        return left;
    }

    private Node Not()
    {
        if (!(Current.Is("not") || Current.IsSign("!"))) return new PredicateParser(this).Parse();
        if (++depth > DeepestNesting) throw new ExpressionException(Current.Position, "The expression is nested too deeply");
        var node = new UnaryNode(Next().Position, "not", Not());
        depth--;
        return node;
    }

    /// <summary>Arithmetic, from the loosest sign to the tightest.</summary>
    public Node Value(int level = 0)
    {
        if (level == Words.Levels.Count) return Prefix();
        var left = Value(level + 1);
        while (Words.Levels[level].FirstOrDefault(s => Current.IsSign(s) || Current.Is(s)) is { } sign)
        {
            var token = Next();
            left = new BinaryNode(token.Position, sign, left, Value(level + 1));
        }

        return left;
    }

    private Node Prefix()
    {
        if (Current.Kind != TokenKind.Sign || Current.Text is not ("-" or "+" or "~")) return Postfix(new PrimaryParser(this).Parse());
        if (++depth > DeepestNesting) throw new ExpressionException(Current.Position, "The expression is nested too deeply");
        var token = Next();
        var operand = Prefix();
        depth--;
        return token.Text == "+" ? operand : new UnaryNode(token.Position, token.Text, operand);
    }

    private Node Postfix(Node node)
    {
        while (true)
        {
            var token = Current;
            if (TakeSign("["))
            {
                node = new IndexNode(token.Position, node, Expression());
                ExpectSign("]");
            }
            else if (TakeSign("::")) node = new CastNode(token.Position, node, TypeParser.Parse(this), Try: false);
            else if (node is not NameNode && Current.IsSign(".") && Peek(1).Kind is TokenKind.Name or TokenKind.QuotedName)
            {
                at++;
                node = new MemberNode(token.Position, node, Next().Text);
            }
            else return node;
        }
    }
}
