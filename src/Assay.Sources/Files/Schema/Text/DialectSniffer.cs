namespace Assay.Sources.Files.Schema.Text;

/// <summary>
/// Finds the delimiter: the extension's own where that is fixed (tsv, psv, skv), otherwise the one that cuts most records into
/// the same number of cells; on a tie the one that is usual for the extension.
/// </summary>
internal static class DialectSniffer
{
    private const int Records = 200;

    /// <param name="escape">What escapes quotes; null to find it out, too.</param>
    public static async Task<Dialect> SniffAsync(string format, TextHead head, char? escape, CancellationToken cancel)
    {
        var candidates = Candidates(format);
        var best = (Delimiter: candidates[0], Score: 0d);
        foreach (var candidate in candidates.Length == 1 ? [] : candidates)
            if (await ScoreAsync(head, new Dialect(candidate, escape ?? '"'), cancel) is var score && score > best.Score) best = (candidate, score);
        return new Dialect(best.Delimiter, escape ?? (await EscapesByBackslashAsync(head, best.Delimiter, cancel) ? '\\' : '"'));
    }

    /// <summary>A backslash before a quote escapes it where the records then agree better, or as well and no quote ends a cell there.</summary>
    private static async Task<bool> EscapesByBackslashAsync(TextHead head, char delimiter, CancellationToken cancel)
    {
        if (!head.Text.Contains("\\\"")) return false;
        var (doubled, backslash) = (await ScoreAsync(head, new Dialect(delimiter), cancel), await ScoreAsync(head, new Dialect(delimiter, '\\'), cancel));
        return backslash > doubled || (backslash == doubled && !head.Text.Contains("\\\"" + delimiter) && !head.Text.Contains("\\\"\n"));
    }

    private static char[] Candidates(string format) => format switch
    {
        "tsv" => ['\t'],
        "psv" => ['|'],
        "skv" => [';'],
        "txt" => ['\t', '|', ';', ','],
        _ => [',', ';', '\t', '|'],
    };

    /// <summary>The share of records with the commonest number of cells; nothing where that is one cell.</summary>
    private static async Task<double> ScoreAsync(TextHead head, Dialect dialect, CancellationToken cancel)
    {
        var (records, openQuote) = await SampledRecords.ReadAsync(head, dialect, Records, cancel);
        if (records.Count == 0 || openQuote) return 0;
        var commonest = records.CountBy(r => r.Count).MaxBy(c => c.Value);
        return commonest.Key < 2 ? 0 : (double)commonest.Value / records.Count;
    }
}
