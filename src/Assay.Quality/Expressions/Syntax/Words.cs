namespace Assay.Quality.Expressions.Syntax;

/// <summary>Words and signs that the grammar gives a meaning.</summary>
internal static class Words
{
    /// <summary>Signs from loose to tight.</summary>
    public static IReadOnlyList<string[]> Levels { get; } = [["|"], ["^"], ["&"], ["+", "-", "||"], ["*", "/", "%", "div"]];

    /// <summary>Words that start statements.</summary>
    public static HashSet<string> Statements { get; } = new(
        [
            "select", "insert", "update", "delete", "merge", "create", "drop", "alter", "truncate", "set", "reset", "use", "with", "from", "explain",
            "describe", "show", "grant", "revoke", "call", "execute", "values", "table", "load", "copy", "optimize", "vacuum", "refresh", "cache",
        ],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>Words that cannot be a column's name without backticks.</summary>
    public static HashSet<string> Reserved { get; } = new(
        ["and", "or", "not", "in", "is", "like", "rlike", "ilike", "regexp", "between", "then", "when", "else", "end", "as", "from", "where", "select", "having", "on", "join", "union", "escape", "div"],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>Units of intervals, singular.</summary>
    public static HashSet<string> Units { get; } = new(
        ["year", "quarter", "month", "week", "day", "hour", "minute", "second", "millisecond", "microsecond"], StringComparer.OrdinalIgnoreCase);

    /// <summary>The unit without its plural s, in lower case; null where it is none.</summary>
    public static string? Unit(string word)
    {
        var unit = word.ToLowerInvariant();
        if (Units.Contains(unit)) return unit;
        return unit.EndsWith('s') && Units.Contains(unit[..^1]) ? unit[..^1] : null;
    }
}
