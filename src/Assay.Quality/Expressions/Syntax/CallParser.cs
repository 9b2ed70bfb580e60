namespace Assay.Quality.Expressions.Syntax;

/// <summary>Reads calls, with the words that some functions have in place of commas.</summary>
internal sealed class CallParser(Parser parser)
{
    public Node Parse()
    {
        var name = parser.Next();
        parser.ExpectSign("(");
        return name.Text.ToLowerInvariant() switch
        {
            "cast" => Cast(name, Try: false),
            "try_cast" => Cast(name, Try: true),
            "extract" => Extract(name),
            "trim" => Trim(name),
            "position" => Position(name),
            "substring" or "substr" => Substring(name),
            "timestampadd" or "timestampdiff" or "dateadd" or "datediff" or "date_add" or "date_diff" when Words.Unit(parser.Current.Text) is not null && parser.Peek(1).IsSign(",") => WithUnit(name),
            _ => Plain(name),
        };
    }

    private CastNode Cast(Token name, bool Try)
    {
        var operand = parser.Expression();
        parser.Expect("as");
        var type = TypeParser.Parse(parser);
        parser.ExpectSign(")");
        return new(name.Position, operand, type, Try);
    }

    private CallNode Extract(Token name)
    {
        var field = parser.Next();
        parser.Expect("from");
        var operand = parser.Expression();
        parser.ExpectSign(")");
        return new(name.Position, "date_part", [new TextNode(field.Position, field.Text), operand]);
    }

    private Node Trim(Token name)
    {
        var side = parser.Current.Text.ToLowerInvariant();
        var function = "btrim";
        if (parser.Current.Kind == TokenKind.Name && side is "both" or "leading" or "trailing" && !parser.Peek(1).IsSign(")") && !parser.Peek(1).IsSign("."))
        {
            parser.Next();
            function = side switch { "leading" => "ltrim", "trailing" => "rtrim", _ => "btrim" };
            if (parser.Take("from")) return Close(name, function, parser.Expression());
        }

        var first = parser.Expression();
        if (parser.Take("from"))
        {
            var text = parser.Expression();
            parser.ExpectSign(")");
            return new CallNode(name.Position, function, [text, first]);
        }

        return Close(name, function, first);
    }

    private CallNode Close(Token name, string function, Node argument)
    {
        parser.ExpectSign(")");
        return new(name.Position, function, [argument]);
    }

    private CallNode Position(Token name)
    {
        var part = parser.Value();
        if (parser.Take("in"))
        {
            var text = parser.Expression();
            parser.ExpectSign(")");
            return new(name.Position, "locate", [part, text]);
        }

        parser.ExpectSign(",");
        return new(name.Position, "locate", [part, .. parser.List(")")]);
    }

    private CallNode Substring(Token name)
    {
        List<Node> arguments = [parser.Expression()];
        if (parser.Take("from"))
        {
            arguments.Add(parser.Expression());
            if (parser.Take("for")) arguments.Add(parser.Expression());
            parser.ExpectSign(")");
        }
        else
        {
            parser.ExpectSign(",");
            arguments.AddRange(parser.List(")"));
        }

        return new(name.Position, "substring", arguments);
    }

    /// <summary>The unit is a bare word; from here on it is text.</summary>
    private CallNode WithUnit(Token name)
    {
        var unit = parser.Next();
        parser.ExpectSign(",");
        var function = name.Text.ToLowerInvariant() is "timestampadd" or "dateadd" or "date_add" ? "timestampadd" : "timestampdiff";
        return new(name.Position, function, [new TextNode(unit.Position, Words.Unit(unit.Text)!), .. parser.List(")")]);
    }

    private CallNode Plain(Token name)
    {
        var distinct = parser.Take("distinct");
        var node = new CallNode(name.Position, name.Text.ToLowerInvariant(), parser.List(")")) { Distinct = distinct };
        if (parser.Current.Is("filter") && parser.Peek(1).IsSign("("))
        {
            parser.Next();
            parser.Next();
            parser.Expect("where");
            node = node with { Filter = parser.Expression() };
            parser.ExpectSign(")");
        }

        if ((parser.Current.Is("ignore") || parser.Current.Is("respect")) && parser.Peek(1).Is("nulls"))
        {
            if (parser.Next().Is("ignore")) node = node with { Name = node.Name switch { "first" or "first_value" => "first_not_null", "last" or "last_value" => "last_not_null", var other => other } };
            parser.Next();
        }

        return parser.Current.Is("over") ? node with { Window = new WindowParser(parser).Parse() } : node;
    }
}
