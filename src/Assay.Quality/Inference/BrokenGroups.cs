namespace Assay.Quality.Inference;

/// <summary>How the rows that break candidates spread over the groups of rows with the same value of a field.</summary>
/// <param name="Rows">All rows.</param>
/// <param name="Missing">Rows without a value.</param>
/// <param name="Alone">Rows whose value no other one has.</param>
/// <param name="Groups">The same of each candidate.</param>
internal sealed record BrokenGroups(long Rows, long Missing, long Alone, IReadOnlyList<BrokenGroup> Groups)
{
    private const int LeastOfAKind = 3;

    public static string From(TrainingRows training, Profiling.FieldProfile field, IReadOnlyList<string> broken) =>
        $"(SELECT any({training.Value(field).IsNull}) AS missing, count() AS c, {string.Join(", ", broken.Select((b, i) => $"countIf({b}) AS b{i}"))} FROM {training.All.From} GROUP BY {training.Value(field).Text})";

    /// <summary>Nearly all of a group is enough, so that an error in it changes nothing.</summary>
    public static IReadOnlyList<string> Figures(int candidates) =>
    [
        "sum(c)", "sumIf(c, missing)", "sumIf(c, c = 1)",
        .. Enumerable.Range(0, candidates).SelectMany(i => new[]
        {
            $"sum(b{i})", $"sumIf(b{i}, 5 * b{i} >= 4 * c AND missing)", $"sumIf(b{i}, 5 * b{i} >= 4 * c AND NOT missing AND c >= {LeastOfAKind})", $"sumIf(b{i}, b{i} = c AND NOT missing AND c < {LeastOfAKind})",
        }),
    ];

    public static BrokenGroups Of(IReadOnlyList<object?> figures)
    {
        var counts = figures.Select(f => Convert.ToInt64(f, null)).ToList();
        return new(counts[0], counts[1], counts[2], [.. counts.Skip(3).Chunk(4).Select(c => new BrokenGroup(c[0], c[1], c[2], c[3]))]);
    }

    /// <param name="rows">How many rows each group has.</param>
    /// <param name="missing">The group without a value; -1 for none.</param>
    /// <param name="broken">Of each candidate, how many rows of each group break it.</param>
    public static BrokenGroups Of(IReadOnlyList<long> rows, int missing, IEnumerable<long[]> broken) => new(rows.Sum(), missing < 0 ? 0 : rows[missing], rows.LongCount(r => r == 1),
        [.. broken.Select(b =>
        {
            long Sum(Func<int, bool> counts) => Enumerable.Range(0, rows.Count).Where(counts).Sum(g => b[g]);
            return new BrokenGroup(b.Sum(), Sum(g => IsMost(g) && g == missing), Sum(g => IsMost(g) && g != missing && rows[g] >= LeastOfAKind), Sum(g => b[g] == rows[g] && g != missing && rows[g] < LeastOfAKind));
            bool IsMost(int g) => 5 * b[g] >= 4 * rows[g];
        })]);
}

/// <summary>How many rows break a candidate.</summary>
/// <param name="Broken">Of all rows.</param>
/// <param name="Unset">Of those without a value, where nearly all of them do.</param>
/// <param name="OfAKind">Of groups of several rows nearly all of which do.</param>
/// <param name="Single">Of smaller groups all of which do.</param>
internal sealed record BrokenGroup(long Broken, long Unset, long OfAKind, long Single);
