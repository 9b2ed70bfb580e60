namespace Assay.Quality.Expressions.Syntax;

/// <summary>Reads <c>OVER (PARTITION BY ... ORDER BY ... ROWS BETWEEN ... AND ...)</c>.</summary>
internal sealed class WindowParser(Parser parser)
{
    public WindowNode Parse()
    {
        var start = parser.Next();
        parser.ExpectSign("(");
        List<Node> partitions = [];
        if (parser.Take("partition"))
        {
            parser.Expect("by");
            do partitions.Add(parser.Expression());
            while (parser.TakeSign(","));
        }

        List<OrderNode> orders = [];
        if (parser.Take("order"))
        {
            parser.Expect("by");
            do orders.Add(Order());
            while (parser.TakeSign(","));
        }

        var frame = parser.Current.Is("rows") || parser.Current.Is("range") ? Frame() : null;
        parser.ExpectSign(")");
        return new(start.Position, partitions, orders, frame);
    }

    private OrderNode Order()
    {
        var operand = parser.Expression();
        var descending = parser.Take("desc");
        if (!descending) parser.Take("asc");
        bool? first = null;
        if (parser.Take("nulls"))
        {
            first = parser.Take("first");
            if (first == false) parser.Expect("last");
        }

        return new(operand.Position, operand, descending, first);
    }

    private string Frame()
    {
        var kind = parser.Next().Text.ToUpperInvariant();
        if (!parser.Take("between")) return $"{kind} {Bound()}";
        var from = Bound();
        parser.Expect("and");
        return $"{kind} BETWEEN {from} AND {Bound()}";
    }

    private string Bound()
    {
        if (parser.Take("current"))
        {
            parser.Expect("row");
            return "CURRENT ROW";
        }

        var amount = parser.Take("unbounded") ? "UNBOUNDED" : parser.Next() is { Kind: TokenKind.Number } number && int.TryParse(number.Text, out var rows)
            ? rows.ToString(System.Globalization.CultureInfo.InvariantCulture)
            : throw parser.Unexpected();
        return parser.Take("preceding") ? $"{amount} PRECEDING" : parser.Take("following") ? $"{amount} FOLLOWING" : throw parser.Unexpected();
    }
}
