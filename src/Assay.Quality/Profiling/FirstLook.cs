namespace Assay.Quality.Profiling;

/// <summary>What a sample tells before all rows are looked at: about where the means lie, and which columns hold few different values.</summary>
internal static class FirstLook
{
    private const int Rows = 10_000;
    /// <summary>Bytes that one thread's states of a column may grow to.</summary>
    private const long StateBytes = 128 << 10;
    /// <summary>As many different values of all columns together are worth their memory here.</summary>
    private const long MostValues = 250_000;

    /// <returns>The columns that hold few different values, as far as the sample tells. Of the others, what it tells is noted.</returns>
    public static async Task<IReadOnlyList<Column>> RunAsync(ColumnStatements statements, Stage stage, IEnumerable<Column> columns, ProfileOptions options, CancellationToken cancel)
    {
        var seen = new Dictionary<Column, DistinctGuess>();
        // On the engine's disk as much would be read for a spread sample as for everything.
        var sample = stage.InMemory ? Sampling.Where(stage.Rows, Rows) : $" LIMIT {Rows}";
        await statements.AggregateAsync(columns.Where(c => c.IsGrouped && c.Relation == stage.Relation), c => Figures(c, seen), _ => StateBytes, "", cancel, $"(SELECT * FROM {stage.Relation}{sample})");
        var left = MostValues;
        var few = seen.Where(c => c.Key.Message is null && c.Value.Different <= options.FewValues).OrderBy(c => c.Value.Different).TakeWhile(c => (left -= c.Value.Different) >= 0).Select(c => c.Key).ToList();
        // One that may have a histogram is counted otherwise.
        foreach (var (column, guess) in seen.Where(c => c.Value.Different > Math.Max(options.FewValues, options.HistogramValues))) column.Guess = guess;
        return few;
    }

    private static IEnumerable<Figure> Figures(Column c, Dictionary<Column, DistinctGuess> seen)
    {
        yield return new($"count({c.Raw})", v => seen[c] = new DistinctGuess(Cells.Long(v), 0));
        yield return new($"uniq({c.Raw})", v => seen[c] = seen[c] with { Different = Cells.Long(v) });
        if (c.IsNumber) yield return Moments.Pivot(c);
    }
}
