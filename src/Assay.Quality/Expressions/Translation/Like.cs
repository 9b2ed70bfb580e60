using System.Text;
using System.Text.RegularExpressions;
using Assay.Engine;

namespace Assay.Quality.Expressions.Translation;

/// <summary>Patterns of LIKE, whose escape character the engine cannot choose.</summary>
internal static class Like
{
    public static string Pattern(string pattern, char escape)
    {
        var text = new StringBuilder("(?s)^");
        for (var i = 0; i < pattern.Length; i++)
        {
            var c = pattern[i];
            if (c == escape && i + 1 < pattern.Length) text.Append(Quote(pattern[++i]));
            else text.Append(c switch { '%' => ".*", '_' => ".", _ => Quote(c) });
        }

        return EngineLiteral.Quote(text.Append('$').ToString());
    }

    private static string Quote(char c) => c < 128 && !char.IsAsciiLetterOrDigit(c) && c > ' ' ? $"\\{c}" : Regex.Escape(c.ToString());
}
