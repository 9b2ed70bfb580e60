namespace Assay.Quality.Profiling;

/// <summary>
/// Finds out whether texts are really something else. A type is taken only where every value that is not empty is of it: candidates
/// are sought among the first rows, and hold only if all rows agree.
/// </summary>
internal static class TypeInference
{
    private const int SampleRows = 10_000;

    /// <summary>Narrowest first. {0} is the text.</summary>
    private static readonly (FieldKind Kind, string Condition, string Value)[] Candidates =
    [
        (FieldKind.Boolean, "lower({0}) IN ('true', 'false', 'yes', 'no', 't', 'f', 'y', 'n')", "lower({0}) IN ('true', 'yes', 't', 'y')"),
        (FieldKind.Integral, Matches(SpelledTypes.Integral), "toInt64OrNull({0})"),
        (FieldKind.Fractional, Matches(SpelledTypes.Fractional), "toFloat64OrNull({0})"),
        (FieldKind.Date, "toString(toDate32OrNull({0})) = {0}", "toDate32OrNull({0})"),
        (FieldKind.Timestamp, Matches(SpelledTypes.Timestamp), "parseDateTime64BestEffortOrNull({0}, 6, 'UTC')"),
        (FieldKind.Date, "match({0}, '^[0-9]{{1,2}}/[0-9]{{1,2}}/(19|2[012])[0-9]{{2}}$') AND " + Slashed + " IS NOT NULL", Slashed),
        (FieldKind.Timestamp, "match({0}, '^[0-9]{{1,2}}/[0-9]{{1,2}}/(19|2[012])[0-9]{{2}} [0-9]{{1,2}}:[0-9]{{2}}$') AND " + SlashedTime + " IS NOT NULL", SlashedTime),
        (FieldKind.Date, "match({0}, '^[A-Z][a-z]{{2}} [0-9]{{1,2}} (19|2[012])[0-9]{{2}}$') AND " + Named + " IS NOT NULL", Named),
    ];

    /// <summary>A condition that is true where the text is spelled like a value of the kind: for times in ISO order.</summary>
    public static string Spelled(FieldKind kind, string text) => string.Format(null, Candidates.First(c => c.Kind == kind).Condition, text);

    private const string Slashed = "toDate32(parseDateTime64InJodaSyntaxOrNull({0}, 'M/d/yyyy', 'UTC'))";
    private const string SlashedTime = "parseDateTime64InJodaSyntaxOrNull({0}, 'M/d/yyyy H:mm', 'UTC')";
    private const string Named = "toDate32(parseDateTime64InJodaSyntaxOrNull({0}, 'MMM d yyyy', 'UTC'))";

    public static async Task RunAsync(ColumnStatements statements, IReadOnlyList<Column> columns, CancellationToken cancel)
    {
        var texts = columns.Where(c => c.Infer).ToList();
        if (texts.Count == 0) return;
        var left = texts.ToDictionary(c => c, _ => Candidates.ToList());
        foreach (var relation in texts.GroupBy(c => c.Relation)) await CheckAsync(statements, [.. relation], $"{relation.Key} LIMIT {SampleRows}", left, cancel);
        await CheckAsync(statements, [.. texts.Where(c => left[c].Count > 0)], null, left, cancel);
        foreach (var (column, fitting) in left)
            if (column.Message is null && fitting is [var (kind, _, value), ..]) column.TakeAs(kind, string.Format(null, value, NotEmpty(column)));
    }

    /// <param name="sample">What to look at instead of every row: the same columns.</param>
    private static Task CheckAsync(
        ColumnStatements statements, IReadOnlyList<Column> columns, string? sample, Dictionary<Column, List<(FieldKind, string, string)>> left, CancellationToken cancel) =>
        statements.AggregateAsync(columns, c => Figures(c, left), _ => 1024, "", cancel, sample is null ? null : $"(SELECT * FROM {sample})");

    private static IEnumerable<Figure> Figures(Column c, Dictionary<Column, List<(FieldKind Kind, string Condition, string Value)>> left)
    {
        var text = NotEmpty(c);
        var values = 0L;
        yield return new($"count({text})", v => values = Cells.Long(v));
        foreach (var candidate in left[c].ToList())
            yield return new($"countIf({string.Format(null, candidate.Condition, text)})", v =>
            {
                if (values == 0 || Cells.Long(v) != values) left[c].Remove(candidate);
            });
    }

    /// <summary>The expression has no backslashes, which the engine would take for its own.</summary>
    private static string Matches(string expression) => $"match({{0}}, '{expression.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal)}')";

    private static string NotEmpty(Column c) => $"nullIf({c.Value}, '')";
}
