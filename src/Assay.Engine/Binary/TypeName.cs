using System.Text;

namespace Assay.Engine.Binary;

/// <summary>A type's name taken apart: <c>Array(Nullable(String))</c>, <c>Tuple(a Int8, b String)</c>, <c>Enum8('x' = 1)</c>.</summary>
/// <param name="Name">The outermost name.</param>
/// <param name="Arguments">What stands in its parentheses, not taken apart yet.</param>
internal sealed record TypeName(string Name, IReadOnlyList<string> Arguments)
{
    internal static TypeName Parse(string text)
    {
        var open = text.IndexOf('(');
        return open < 0
            ? new TypeName(text.Trim(), [])
            : new TypeName(text[..open].Trim(), Split(text[(open + 1)..text.LastIndexOf(')')]));
    }

    /// <summary>Without the name in front of a tuple's element: <c>a Int8</c>, <c>`a b` Int8</c>.</summary>
    internal static string WithoutElementName(string element)
    {
        var end = element[0] == '`' ? ClosingQuote(element, 0) + 1 : element.AsSpan().IndexOfAny(' ', '(');
        return end > 0 && end < element.Length && element[end] == ' ' ? element[(end + 1)..] : element;
    }

    /// <summary>The text and the number of <c>'name' = 1</c>.</summary>
    internal static (string Text, int Value) EnumElement(string element)
    {
        var close = ClosingQuote(element, 0);
        return (Unescape(element[1..close]), int.Parse(element[(element.IndexOf('=', close) + 1)..]));
    }

    private static List<string> Split(string text)
    {
        var parts = new List<string>();
        var (depth, start) = (0, 0);
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '\'' or '`':
                    i = ClosingQuote(text, i);
                    break;
                case '(':
                    depth++;
                    break;
                case ')':
                    depth--;
                    break;
                case ',' when depth == 0:
                    parts.Add(text[start..i].Trim());
                    start = i + 1;
                    break;
            }
        }

        parts.Add(text[start..].Trim());
        return parts;
    }

    private static int ClosingQuote(string text, int open)
    {
        for (var i = open + 1; i < text.Length; i++)
        {
            if (text[i] == '\\')
                i++;
            else if (text[i] == text[open])
                return i;
        }

        return text.Length - 1;
    }

    private static string Unescape(string text)
    {
        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\' || i + 1 == text.Length)
                plain.Append(text[i]);
            else
                plain.Append(text[++i] switch { 't' => '\t', 'n' => '\n', 'r' => '\r', '0' => '\0', 'b' => '\b', 'f' => '\f', var same => same });
        }

        return plain.ToString();
    }
}
