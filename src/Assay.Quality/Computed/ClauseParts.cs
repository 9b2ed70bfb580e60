using Assay.Quality.Expressions;
using Assay.Quality.Expressions.Syntax;

namespace Assay.Quality.Computed;

/// <summary>Cuts the list of a SELECT or GROUP BY at its commas, minding quotes and parentheses.</summary>
internal static class ClauseParts
{
    /// <summary>The expressions with the names of their columns: the alias, or for a plain column its own name, or the expression's text.</summary>
    /// <param name="bare">How expressions are read, where names may stand behind them without AS; null where they may not.</param>
    public static IEnumerable<(string Expression, string Name)> Split(string clause, ExpressionSettings? bare)
    {
        foreach (var text in Cut(clause))
        {
            var (expression, alias) = Alias(text, bare);
            yield return (expression, alias ?? Unquoted(expression));
        }
    }

    private static IEnumerable<string> Cut(string clause)
    {
        var (depth, start) = (0, 0);
        for (var i = 0; i < clause.Length; i++)
        {
            var c = clause[i];
            if (c is '\'' or '"' or '`') i = End(clause, i);
            else if (c == '(') depth++;
            else if (c == ')') depth--;
            else if (c == ',' && depth == 0)
            {
                yield return clause[start..i].Trim();
                start = i + 1;
            }
        }
        yield return clause[start..].Trim();
    }

    /// <summary>Where the quoted text that begins here ends; the last character where it does not.</summary>
    private static int End(string text, int start)
    {
        for (var i = start + 1; i < text.Length; i++)
        {
            if (text[i] == '\\' && text[start] != '`') i++;
            else if (text[i] == text[start]) return i;
        }
        return text.Length - 1;
    }

    private static (string Expression, string? Alias) Alias(string text, ExpressionSettings? bare)
    {
        var name = NameStart(text);
        if (name <= 0) return (text, null);
        var (before, alias) = (text[..name].TrimEnd(), text[name..]);
        if (before.Length > 3 && before.EndsWith("as", StringComparison.OrdinalIgnoreCase) && char.IsWhiteSpace(before[^3])) return (before[..^2].TrimEnd(), Unquoted(alias));
        return bare is not null && MayBeAlias(alias) && !IsWord(before) && !IsExpression(text, bare) && IsExpression(before, bare) ? (before, Unquoted(alias)) : (text, null);
    }

    private static bool MayBeAlias(string name) => name[0] == '`' || !char.IsAsciiDigit(name[0]) && !Words.Reserved.Contains(name);

    /// <summary>All columns have no name in common, and words that SELECT and other statements begin with are not taken for columns.</summary>
    private static bool IsWord(string text) => text == "*" || Words.Statements.Contains(text) || text.Equals("distinct", StringComparison.OrdinalIgnoreCase) || text.Equals("all", StringComparison.OrdinalIgnoreCase);

    private static bool IsExpression(string text, ExpressionSettings settings)
    {
        try
        {
            Parser.Parse(text, settings);
            return true;
        }
        catch (ExpressionException)
        {
            return false;
        }
    }

    /// <summary>Where the name at the text's end begins; negative where it does not end with one.</summary>
    private static int NameStart(string text)
    {
        if (text.EndsWith('`')) return text.Length < 2 ? -1 : text.LastIndexOf('`', text.Length - 2);
        var i = text.Length;
        while (i > 0 && (char.IsLetterOrDigit(text[i - 1]) || text[i - 1] == '_')) i--;
        return i == text.Length ? -1 : i;
    }

    private static string Unquoted(string name) => name.Length > 2 && name[0] == '`' && name[^1] == '`' ? name[1..^1] : name;
}
