using System.Text;
using System.Text.RegularExpressions;
using Assay.Engine;

namespace Assay.Quality.Expressions;

/// <summary>Regular expressions as Java, and so Spark, writes them, for the engine's RE2.</summary>
internal static class JavaPattern
{
    private static readonly Dictionary<string, string> Classes = new(StringComparer.Ordinal)
    {
        ["Lower"] = "lower",
        ["Upper"] = "upper",
        ["Alpha"] = "alpha",
        ["Digit"] = "digit",
        ["Alnum"] = "alnum",
        ["Punct"] = "punct",
        ["Space"] = "space",
        ["XDigit"] = "xdigit",
        ["Cntrl"] = "cntrl",
        ["Graph"] = "graph",
        ["Print"] = "print",
        ["Blank"] = "blank",
    };

    /// <summary>What is wrong with a pattern, or null.</summary>
    public static string? Fault(string pattern)
    {
        try
        {
            // This kind of .NET's expressions lacks exactly what RE2 lacks.
            _ = new Regex(Translate(pattern, dotNet: true), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            return null;
        }
        catch (NotSupportedException)
        {
            return "uses look-around, back references, atomic or conditional groups, which are not supported";
        }
        catch (ArgumentException wrong)
        {
            return $"is not a regular expression: {wrong.Message}";
        }
    }

    /// <summary>The pattern as a literal of the engine. A dot does not match a line break, as in Java.</summary>
    public static string Literal(string pattern) => EngineLiteral.Quote("(?-s)" + Translate(pattern, dotNet: false));

    /// <summary>Java's names of POSIX classes, possessive of nothing else: the rest is spelled alike.</summary>
    private static string Translate(string pattern, bool dotNet)
    {
        var text = new StringBuilder(pattern.Length);
        var depth = 0;
        for (var i = 0; i < pattern.Length; i++)
        {
            var c = pattern[i];
            if (c == '\\' && i + 1 < pattern.Length)
            {
                var end = pattern[i + 1] is 'p' or 'P' && i + 2 < pattern.Length && pattern[i + 2] == '{' ? pattern.IndexOf('}', i) : -1;
                if (end > 0 && Classes.TryGetValue(pattern[(i + 3)..end].Replace("Is", "", StringComparison.Ordinal), out var name))
                {
                    var negated = pattern[i + 1] == 'P' ? "^" : "";
                    text.Append(dotNet ? negated.Length > 0 ? "\\W" : "\\w" : depth > 0 ? $"[:{negated}{name}:]" : $"[[:{negated}{name}:]]");
                    i = end;
                    continue;
                }

                text.Append(pattern[i + 1] switch { 'Z' => dotNet ? "\\Z" : "\\z", 'h' => depth > 0 ? " \\t" : "[ \\t]", var other => $"\\{other}" });
                i++;
                continue;
            }

            if (c == '[') depth = depth == 0 ? 1 : depth;
            else if (c == ']') depth = 0;
            text.Append(c);
        }

        return text.ToString();
    }
}
