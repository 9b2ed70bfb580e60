namespace Assay.Quality.Computed;

/// <summary>Cuts the list of a SELECT or GROUP BY at its commas, minding quotes and parentheses.</summary>
internal static class ClauseParts
{
    /// <summary>The expressions with the names of their columns: the alias, or for a plain column its own name, or the expression's text.</summary>
    public static IEnumerable<(string Expression, string Name)> Split(string clause)
    {
        foreach (var text in Cut(clause))
        {
            var (expression, alias) = Alias(text);
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

    private static (string Expression, string? Alias) Alias(string text)
    {
        var name = NameStart(text);
        if (name <= 0) return (text, null);
        var before = text[..name].TrimEnd();
        return before.Length > 3 && before.EndsWith("as", StringComparison.OrdinalIgnoreCase) && char.IsWhiteSpace(before[^3])
            ? (before[..^2].TrimEnd(), Unquoted(text[name..])) : (text, null);
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
