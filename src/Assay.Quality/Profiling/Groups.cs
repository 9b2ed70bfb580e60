using System.Globalization;
using Assay.Engine;

namespace Assay.Quality.Profiling;

/// <summary>
/// What needs the values grouped: histograms, counts of values that occur once, and entropies. One SELECT a column, all of
/// the same shape, so that many go into one statement.
/// </summary>
/// <remarks>Entropy from counts c with total n: -Σ c/n · ln(c/n) = ln n - (Σ c ln c) / n.</remarks>
internal sealed class Groups(ProfileOptions options)
{
    /// <summary>Texts longer than this are shown cut.</summary>
    public const int ShownCharacters = 256;
    private const int Value = 0, Totalled = 1;
    /// <summary>How often more groups than expected are counted all the same.</summary>
    private const int Spare = 2;
    /// <summary>Where a guess was far too low, how much fewer values are looked at next.</summary>
    private const int Coarser = 4;

    /// <summary>Of which share of a column's values, told apart by hashes, groups are counted: one in so many.</summary>
    private readonly Dictionary<Column, long> shares = [];

    /// <summary>Bytes that grouping a column takes: as many groups as are counted exactly, with their keys.</summary>
    public long StateBytes(Column c) => c.Guess is null
        ? Math.Min(c.Distinct + 1, options.ExactGroups) * (64 + (c.IsText ? Math.Min(c.MaxBytes, 1024) : 0)) : Spare * options.ExactGroups * 64L;

    /// <summary>Where a guess was too low, grouping stops early.</summary>
    public EngineQuery Tune(EngineQuery query) => query.WithSetting("max_rows_to_group_by", Spare * Spare * options.ExactGroups).WithSetting("group_by_overflow_mode", "break");

    /// <summary>
    /// Whether the groups of a column have to be counted again: with a smaller share of its values where there were far more than a sample had told, with
    /// a larger one where so few were left that the estimate would be worse than it need be. Settles the share.
    /// </summary>
    public bool Retries(Column c)
    {
        if (c.Guess is not { } guess || c.Message is not null || !shares.TryGetValue(c, out var every)) return false;
        var groups = c.Distinct / every;
        if (groups > Spare * options.ExactGroups) shares[c] = Math.Max(every * Coarser, (long)(guess.Most(c.Values) / options.ExactGroups));
        else if (every > 1 && groups < options.ExactGroups / Spare) shares[c] = Math.Max(1, every * groups / options.ExactGroups);
        return shares[c] != every;
    }

    /// <summary>The SELECTs of a column: position, kind of row, value, and four numbers.</summary>
    public IEnumerable<string> Selects(Column c, int position)
    {
        if (c.IsGrouped && c.Values > 0) yield return IsListed(c) ? Listed(c, position) : Counted(c, position);
    }

    /// <summary>Takes in one row of the result.</summary>
    public void Take(Column c, EngineRow row)
    {
        if (Convert.ToInt32(row[1], CultureInfo.InvariantCulture) == Value) (c.Histogram ??= []).Add((row.GetText(2) ?? "", Cells.Long(row[4])));
        else Totals(c, Cells.Long(row[3]), Cells.Long(row[4]), Cells.Long(row[5]), Cells.Real(row[6]) ?? 0);
    }

    /// <summary>Works out what the list of all values tells.</summary>
    public void Complete(Column c)
    {
        if (c.Histogram is not { } list) return;
        var n = list.Sum(v => v.Count);
        Totals(c, list.Count, list.Count(v => v.Count == 1), n, list.Sum(v => v.Count * Math.Log(v.Count)));
        c.Distinct = list.Count;
        c.Histogram = list.Count > options.HistogramValues ? null
            : [.. list.OrderByDescending(v => v.Count).ThenBy(v => v.Value, StringComparer.Ordinal)];
    }

    // The distinct count is an estimate, so that a little more room keeps the list whole.
    private bool IsListed(Column c) => c.Guess is null && c.Distinct <= options.HistogramValues * 1.1 + 8;

    private static string Listed(Column c, int position)
    {
        var key = Key(c);
        var shown = c.IsText ? $"any(substringUTF8({c.Told}, 1, {ShownCharacters}))" : $"any(toString({c.Told}))";
        return $"SELECT {position} AS i, {Value} AS k, CAST({shown}, 'Nullable(String)') AS v, toUInt64(0) AS a, count() AS b, toUInt64(0) AS d, toFloat64(0) AS e "
            + $"FROM {c.Relation} WHERE isNotNull({c.Told}) GROUP BY {key}";
    }

    private string Counted(Column c, int position)
    {
        if (!shares.TryGetValue(c, out var every)) shares[c] = every = Share(c.Guess is { } guess ? (long)guess.Even(c.Values) : c.Distinct);
        var hash = Hash(c);
        var some = every == 1 ? "" : $" AND {hash} % {every} = 0";
        return $"SELECT {position} AS i, {Totalled} AS k, CAST(NULL, 'Nullable(String)') AS v, count() * {every} AS a, countIf(c = 1) * {every} AS b, sum(c) AS d, sum(c * log(c)) AS e "
            + $"FROM (SELECT count() AS c FROM {c.Relation} WHERE isNotNull({c.Told}){some} GROUP BY {(c.IsText ? hash : Present(c))})";
    }

    /// <summary>Of numbers and moments the engine has a hash that takes a fraction of the time of grouping them.</summary>
    private static string Hash(Column c) => c.Told == c.Raw && EngineTypes.IsWord(c.Bare) ? $"intHash64(reinterpretAsUInt64({Present(c)}))" : $"cityHash64({Present(c)})";

    /// <summary>One in how many values leaves about as many different ones as are counted exactly.</summary>
    private long Share(long distinct) => Math.Max(1, distinct / options.ExactGroups + (distinct % options.ExactGroups > options.ExactGroups / 16 ? 1 : 0));

    /// <summary>Long texts are told apart by their hash, so that no more of them than a hash is held.</summary>
    private static string Key(Column c) => c.IsText && c.MaxBytes > 64 ? $"sipHash64({c.Told})" : Present(c);

    /// <summary>Where no NULL is left the engine groups by narrower keys.</summary>
    private static string Present(Column c) => $"assumeNotNull({c.Told})";

    private void Totals(Column c, long distinct, long single, long rows, double sum)
    {
        if (distinct == 0 || rows == 0) return;
        if (c.Guess is not null || c.Distinct <= options.ExactGroups) c.Distinct = distinct;
        c.UniqueRatio = (double)single / distinct;
        // Of the rows with the chosen hashes, Σ c ln c / Σ c stands for the same quotient over all rows.
        c.Entropy = Math.Max(0, Math.Log(Math.Max(rows, c.Values)) - sum / rows);
    }
}
