namespace Assay.Quality.Expressions.Syntax;

/// <summary>Reads <c>INTERVAL 3 DAYS</c>, <c>INTERVAL '3' DAY</c>, <c>INTERVAL '1 year 2 days'</c> and <c>INTERVAL 1 YEAR 2 DAYS</c>.</summary>
internal sealed class IntervalParser(Parser parser)
{
    public IntervalNode Parse()
    {
        var start = parser.Next();
        List<(Node, string)> parts = [];
        if (parser.Current.Kind == TokenKind.Text && Words.Unit(parser.Peek(1).Text) is null)
        {
            var text = parser.Next();
            var words = text.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            for (var i = 0; i + 1 < words.Length; i += 2) parts.Add((Amount(text.Position, words[i]), Unit(text.Position, words[i + 1])));
            return words.Length % 2 == 0 && parts.Count > 0 ? new(start.Position, parts) : throw new ExpressionException(text.Position, "The text is not an interval, such as '1 day 2 hours'");
        }

        do
        {
            var amount = parser.Current.Kind == TokenKind.Text ? Amount(parser.Current.Position, parser.Next().Text) : parser.Value(Words.Levels.Count);
            var unit = parser.Next();
            parts.Add((amount, Unit(unit.Position, unit.Text)));
        }
        while (parser.Current.Kind is TokenKind.Number or TokenKind.Text && Words.Unit(parser.Peek(1).Text) is not null);
        return new(start.Position, parts);
    }

    private static Node Amount(int position, string text)
    {
        var plain = text.Trim();
        var node = new NumberNode(position, plain.TrimStart('-', '+'));
        return plain.StartsWith('-') ? new UnaryNode(position, "-", node) : node;
    }

    private static string Unit(int position, string word) => Words.Unit(word) ?? throw new ExpressionException(position, $"'{word}' is not a unit of time");
}
