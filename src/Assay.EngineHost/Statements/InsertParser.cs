using System.Text;

namespace Assay.EngineHost.Statements;

/// <summary>Finds where the data of an INSERT starts; only the text before it is SQL.</summary>
internal static class InsertParser
{
    private const int NotImplemented = 48;

    /// <param name="lexer">Just behind the word INSERT.</param>
    internal static Statement Parse(ReadOnlySpan<byte> text, ref SqlLexer lexer)
    {
        var cut = -1;
        var previous = "INSERT";
        while (true)
        {
            var token = lexer.Next();
            if (token.Kind is TokenKind.End or TokenKind.Unfinished)
                return new(StatementKind.Unfinished, "INSERT", End: text.Length);
            // The text may have been cut in the middle of this word.
            if (token.End == text.Length && token.Kind == TokenKind.Word)
                return new(StatementKind.Unfinished, "INSERT", End: text.Length);
            if (token.Depth > 0)
                continue;
            var word = token.Kind == TokenKind.Word ? StatementParser.Upper(text, token) : "";
            var namesTable = previous is "INTO" or "TABLE" or "FUNCTION" or ".";
            previous = token.Kind == TokenKind.Symbol ? Encoding.ASCII.GetString(text[token.Start..token.End]) : word;
            if (namesTable)
                continue;
            switch (word)
            {
                case "SELECT" or "WITH" or "WATCH":
                    return new(StatementKind.Plain, "INSERT", End: text.Length);
                case "INFILE":
                    return Statement.Refused("INSERT", NotImplemented, "NOT_IMPLEMENTED", "FROM INFILE is not allowed");
                case "SETTINGS" when cut < 0:
                    cut = token.Start;
                    break;
                case "VALUES":
                    return Found("Values", cut < 0 ? token.Start : cut, token.Start, token.End);
                case "FORMAT":
                    var name = lexer.Next();
                    if (name.Kind != TokenKind.Word || name.End == text.Length)
                        return new(StatementKind.Unfinished, "INSERT", End: text.Length);
                    var format = Encoding.ASCII.GetString(text[name.Start..name.End]);
                    return SkipToData(text, name.End) is { } data
                        ? Found(format, cut < 0 ? token.Start : cut, token.Start, data)
                        : new(StatementKind.Unfinished, "INSERT", End: text.Length);
            }
        }
    }

    private static Statement Found(string format, int cut, int end, int data) =>
        new(StatementKind.InsertData, "INSERT", format, cut, end, end, data);

    /// <summary>
    /// ClickHouse's rule: blanks and one line break after the format's name do not belong to the data.
    /// Null when the text ends before that can be told.
    /// </summary>
    private static int? SkipToData(ReadOnlySpan<byte> text, int position)
    {
        while (position < text.Length && text[position] is (byte)' ' or (byte)'\t' or (byte)'\f')
            position++;
        if (position < text.Length && text[position] == '\r')
            position++;
        if (position == text.Length)
            return null;
        return text[position] == '\n' ? position + 1 : position;
    }
}
