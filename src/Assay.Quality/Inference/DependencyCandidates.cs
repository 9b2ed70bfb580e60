using Assay.Quality.Profiling;

namespace Assay.Quality.Inference;

/// <summary>
/// Fields that another field decides, as a city's code decides its name: within each value of the one nearly all rows agree on the other. Rows
/// that do not are in the minority within their group, so they are told apart from those that are right.
/// </summary>
internal static class DependencyCandidates
{
    private const int MostFields = 16, MostRows = 1_000_000, LeastGroup = 4, LeastGroups = 5;

    /// <summary>How many more rows would be wrong if every row were expected to have the most frequent value.</summary>
    private const double LeastGain = 0.1;

    public static async Task<IReadOnlyList<Candidate>> OfAsync(TrainingRows training, CancellationToken cancellation)
    {
        if (training.Tolerance == 0 || training.Rows > MostRows) return [];
        var fields = training.Profiles.Where(f => f.Type is FieldKind.String or FieldKind.Integral or FieldKind.Boolean && f.Completeness > 0.5 && f.ApproximateDistinctValues > 1).ToList();
        var causes = fields.Where(f => f.ApproximateDistinctValues >= LeastGroups && f.Values >= LeastGroup * f.ApproximateDistinctValues).Take(MostFields).ToList();
        if (causes.Count == 0) return [];
        var most = training.Fetched is { } rows ? [.. fields.Select(f => (object?)rows[f].Counts.Max(c => c.Count))]
            : await training.FiguresOfAllAsync([.. fields.Select(f => $"arrayMax(mapValues(sumMap({Counted(training, f)})))")], cancellation);
        var mostFrequent = fields.Select((f, i) => (f, Count: Number(most[i]))).ToDictionary(f => f.f, f => f.Count);
        List<Dependency> found = [];
        foreach (var cause in causes)
        {
            var effects = fields.Where(f => f != cause && f.ApproximateDistinctValues <= cause.ApproximateDistinctValues * 2).Take(MostFields).ToList();
            found.AddRange((await OfAsync(training, cause, effects, cancellation)).Where(d => Holds(training, d, mostFrequent[d.Effect])));
        }

        // One is enough for each field: the one that the fewest rows break.
        return [.. found.GroupBy(d => d.Effect).Select(g => g.MinBy(d => (d.Broken / (double)d.Rows, -d.Rows))!).Select(Candidate)];
    }

    private static async Task<IReadOnlyList<Dependency>> OfAsync(TrainingRows training, FieldProfile cause, List<FieldProfile> effects, CancellationToken cancellation)
    {
        if (effects.Count == 0) return [];
        if (training.Fetched is { } rows) return [.. effects.Select(e => Of(rows, cause, e))];
        var key = training.Value(cause);
        var inner = effects.Select((e, i) => $"sumMap({Counted(training, e)}) AS m{i}");
        var figures = effects.SelectMany((_, i) => new[]
        {
            $"sumIf(arraySum(mapValues(m{i})), arraySum(mapValues(m{i})) >= {LeastGroup})", $"sumIf(arrayMax(mapValues(m{i})), arraySum(mapValues(m{i})) >= {LeastGroup})", $"countIf(arraySum(mapValues(m{i})) >= {LeastGroup})",
        });
        var of = $"(SELECT {string.Join(", ", inner)} FROM {training.All.From} WHERE {key.IsNotNull} GROUP BY {key.Text})";
        var grouped = await training.FiguresFromAsync([.. figures], of, cancellation);
        return [.. effects.Select((effect, i) => new Dependency(cause, effect, Number(grouped[3 * i]), Number(grouped[3 * i]) - Number(grouped[3 * i + 1]), Number(grouped[3 * i + 2])))];
    }

    private static Dependency Of(FetchedRows rows, FieldProfile cause, FieldProfile effect)
    {
        var (keys, values) = (rows[cause].Rows, rows[effect].Rows);
        var groups = Enumerable.Range(0, keys.Count).Where(i => keys[i] != FetchedField.None && values[i] != FetchedField.None)
            .CountBy(i => (Key: keys[i], Value: values[i])).GroupBy(c => c.Key.Key, c => (long)c.Value).Select(g => (Rows: g.Sum(), Most: g.Max())).Where(g => g.Rows >= LeastGroup).ToList();
        return new(cause, effect, groups.Sum(g => g.Rows), groups.Sum(g => g.Rows - g.Most), groups.Count);
    }

    /// <summary>A map of the value to 1, empty for NULL: added up it tells how often each value occurs.</summary>
    private static string Counted(TrainingRows training, FieldProfile field) => $"if({training.Value(field).IsNull}, map(), map({training.Value(field).SureText}, toUInt64(1)))";

    /// <param name="mostFrequent">Rows with the effect's most frequent value.</param>
    private static bool Holds(TrainingRows training, Dependency d, long mostFrequent) => d.Groups >= LeastGroups && d.Rows >= 0.5 * d.Cause.Values && d.Broken <= 2 * training.Tolerance * d.Rows
        && 1 - mostFrequent / (double)d.Effect.Values!.Value >= Math.Max(LeastGain, 10.0 * d.Broken / d.Rows);

    private static Candidate Candidate(Dependency d)
    {
        var (cause, effect) = ($"CAST({SparkName.Quote(d.Cause.Name)} AS STRING)", $"CAST({SparkName.Quote(d.Effect.Name)} AS STRING)");
        const string All = "{{_qualytics_self}}";
        var known = $"{SparkName.Quote(d.Cause.Name)} IS NOT NULL AND {SparkName.Quote(d.Effect.Name)} IS NOT NULL";
        var expression = $"concat({cause}, ' -> ', {effect}) IN (SELECT concat(min({cause}), ' -> ', mode({effect})) FROM {All} WHERE {known} GROUP BY {cause})"
            + $" OR {cause} IN (SELECT min({cause}) FROM {All} WHERE {known} GROUP BY {cause} HAVING count(*) < {LeastGroup})";
        return Inference.Candidate.Of("satisfiesExpression", 4, $"{d.Effect.Name} is the same in nearly all rows with the same {d.Cause.Name}", [d.Effect.Name], ("expression", expression))
            .But(d.Broken, d.Rows, $"most rows with the same {d.Cause.Name} agree on another value") with
        { ReadsAll = true };
    }

    private static long Number(object? value) => Convert.ToInt64(value ?? 0, null);

    /// <param name="Rows">Rows in groups that are large enough.</param>
    /// <param name="Broken">Those of them that are in the minority of their group.</param>
    private sealed record Dependency(FieldProfile Cause, FieldProfile Effect, long Rows, long Broken, long Groups);
}
