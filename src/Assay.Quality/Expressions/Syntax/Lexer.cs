using System.Text;

namespace Assay.Quality.Expressions.Syntax;

/// <summary>Cuts Spark SQL into tokens. The text of a variable is cut where the variable stands, and keeps its position.</summary>
internal sealed class Lexer
{
    public const string SelfName = "_qualytics_self";

    private static readonly string[] Signs = ["<=>", "->", "<=", ">=", "<>", "!=", "==", "||", "::", "<", ">", "=", "+", "-", "*", "/", "%", "(", ")", "[", "]", ",", ".", "&", "|", "^", "~", "!", ":"];

    private readonly string text;
    private readonly ExpressionSettings settings;
    private readonly int? origin;
    private int at;

    private Lexer(string text, ExpressionSettings settings, int? origin) => (this.text, this.settings, this.origin) = (text, settings, origin);

    /// <exception cref="ExpressionException">Something is no token.</exception>
    public static List<Token> Cut(string text, ExpressionSettings settings)
    {
        var tokens = new Lexer(text, settings, null).Tokens();
        tokens.Add(new(TokenKind.End, "", text.Length));
        return tokens;
    }

    private List<Token> Tokens()
    {
        List<Token> tokens = [];
        while (SkipBlanks())
        {
            var (start, c) = (at, text[at]);
            if (c == '{') tokens.AddRange(Variable());
            else if (c is '\'' or '"') tokens.Add(Quoted(start, raw: false));
            else if (c is 'r' or 'R' && at + 1 < text.Length && text[at + 1] is '\'' or '"')
            {
                at++;
                tokens.Add(Quoted(start, raw: true));
            }
            else if (c == '`') tokens.Add(QuotedName());
            else if (char.IsAsciiDigit(c) || c == '.' && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1])) tokens.Add(Number());
            else if (char.IsLetter(c) || c == '_') tokens.Add(Name());
            else tokens.Add(Sign());
        }

        return tokens;
    }

    private bool SkipBlanks()
    {
        while (at < text.Length)
        {
            if (char.IsWhiteSpace(text[at])) at++;
            else if (text.AsSpan(at).StartsWith("--")) at = text.IndexOf('\n', at) is var end and >= 0 ? end : text.Length;
            else if (text.AsSpan(at).StartsWith("/*"))
            {
                var end = text.IndexOf("*/", at + 2, StringComparison.Ordinal);
                if (end < 0) throw Fault(at, "The comment is not closed");
                at = end + 2;
            }
            else return true;
        }

        return false;
    }

    private IEnumerable<Token> Variable()
    {
        var start = at;
        var end = text.IndexOf("}}", at, StringComparison.Ordinal);
        if (!text.AsSpan(at).StartsWith("{{") || end < 0) throw Fault(start, "A variable is written {{ name }}");
        var name = text[(at + 2)..end].Trim();
        at = end + 2;
        if (name.Equals(SelfName, StringComparison.OrdinalIgnoreCase)) return [Make(TokenKind.Self, name, start)];
        if (settings.Variables.TryGetValue(name, out var value))
        {
            // A text with variables in it would never end.
            if (origin is not null) throw Fault(start, "A variable's text cannot name another variable");
            return new Lexer(value, settings, start).Tokens();
        }

        return settings.VariablesRequired ? throw Fault(start, $"The variable '{name}' has no value") : [Make(TokenKind.Variable, name, start)];
    }

    private Token Quoted(int start, bool raw)
    {
        var quote = text[at++];
        var value = new StringBuilder();
        while (true)
        {
            if (at >= text.Length) throw Fault(start, "The text is not closed");
            var c = text[at++];
            if (c == quote)
            {
                if (at >= text.Length || text[at] != quote || raw) break;
                at++;
            }
            else if (c == '\\' && !raw && at < text.Length)
            {
                // LIKE has escapes of its own: Spark keeps the backslash of these two.
                c = text[at++];
                if (c is '%' or '_') value.Append('\\');
                c = c switch { 'n' => '\n', 't' => '\t', 'r' => '\r', '0' => '\0', 'b' => '\b', 'Z' => '\x1A', _ => c };
                if (c == 'u' && at + 4 <= text.Length && ushort.TryParse(text.AsSpan(at, 4), System.Globalization.NumberStyles.HexNumber, null, out var code))
                {
                    c = (char)code;
                    at += 4;
                }
            }

            value.Append(c);
        }

        return Make(TokenKind.Text, value.ToString(), start);
    }

    private Token QuotedName()
    {
        var start = at++;
        var value = new StringBuilder();
        while (true)
        {
            if (at >= text.Length) throw Fault(start, "The name is not closed");
            var c = text[at++];
            if (c == '`')
            {
                if (at >= text.Length || text[at] != '`') break;
                at++;
            }

            value.Append(c);
        }

        return value.Length > 0 ? Make(TokenKind.QuotedName, value.ToString(), start) : throw Fault(start, "The name is empty");
    }

    private Token Number()
    {
        var start = at;
        while (at < text.Length && (char.IsAsciiDigit(text[at]) || text[at] == '.' && !text[start..at].Contains('.'))) at++;
        if (at < text.Length && text[at] is 'e' or 'E')
        {
            var exponent = at + 1;
            if (exponent < text.Length && text[exponent] is '+' or '-') exponent++;
            if (exponent < text.Length && char.IsAsciiDigit(text[exponent]))
            {
                at = exponent;
                while (at < text.Length && char.IsAsciiDigit(text[at])) at++;
            }
        }

        while (at < text.Length && char.IsAsciiLetterOrDigit(text[at])) at++;
        return Make(TokenKind.Number, text[start..at], start);
    }

    private Token Name()
    {
        var start = at;
        while (at < text.Length && (char.IsLetterOrDigit(text[at]) || text[at] == '_' || text[at] == '$')) at++;
        return Make(TokenKind.Name, text[start..at], start);
    }

    private Token Sign()
    {
        var start = at;
        if (text[at] == ';') throw Fault(at, "A statement cannot be given: only one expression");
        var sign = Array.Find(Signs, s => text.AsSpan(start).StartsWith(s)) ?? throw Fault(at, $"'{text[at]}' is not expected");
        at += sign.Length;
        return Make(TokenKind.Sign, sign, start);
    }

    private Token Make(TokenKind kind, string value, int start) => new(kind, value, origin ?? start);

    private ExpressionException Fault(int position, string message) => new(origin ?? position, message);
}
