using Assay.Engine;
using Assay.Quality.Rules;

namespace Assay.Quality.Scanning;

/// <summary>
/// Counts and figures of all checks in one pass over the rows. Equal aggregates of several checks are computed once. Where the least and the greatest values
/// tell that no row breaks a check, its rows are not counted; the few checks of which they do not tell it are counted in a second pass.
/// </summary>
internal sealed class AggregationPass(IEngine engine, DescribedRelation rows, Func<EngineQuery, EngineQuery> bind)
{
    /// <summary>So many checks on a field cost more than to find its different values.</summary>
    private const int ChecksToLookAtValues = 3;

    private bool readable;

    /// <summary>The number of rows.</summary>
    public long Records { get; private set; }

    /// <summary>Greatest value of the incremental field, as text.</summary>
    public string? Maximum { get; private set; }

    /// <summary>The number of rows of each partition; empty where partitions are not known.</summary>
    public IReadOnlyList<PartitionRecords> Partitions { get; private set; } = [];

    public async Task RunAsync(IReadOnlyList<CheckPlan> plans, string? incremental, CancellationToken cancellation)
    {
        var sharing = plans.Where(p => p.DoubtByValue is not null).GroupBy(p => p.Row!.Value.Sql).Where(g => g.Count() >= ChecksToLookAtValues);
        foreach (var plan in sharing.SelectMany(g => g)) plan.Doubt = plan.DoubtByValue;
        await PassAsync(plans, incremental, cancellation);
        var doubted = plans.Where(p => p.Doubt is not null && p.Verdict is null).ToList();
        foreach (var plan in doubted) plan.Doubt = null;
        if (doubted.Count > 0) await CountAsync(doubted, cancellation);
    }

    private async Task PassAsync(IReadOnlyList<CheckPlan> plans, string? incremental, CancellationToken cancellation)
    {
        var figures = new List<string> { "count()", incremental is { } field && rows.Has(field) ? $"toString(max({rows.Value(field).Sql}))" : "NULL" };
        if (rows.Partition is { } partition) figures.AddRange([PartitionCounts.Names(partition), PartitionCounts.Counts(partition)]);
        var places = Place(figures, plans);
        if (await ReadAsync(figures, plans, half => PassAsync(half, incremental, cancellation), cancellation) is not { } values) return;
        Records = Convert.ToInt64(values[0], null);
        Maximum = values[1] as string;
        if (rows.Partition is not null) Partitions = PartitionCounts.Read(values[2], values[3]);
        Judge(plans, places, values);
    }

    private async Task CountAsync(IReadOnlyList<CheckPlan> plans, CancellationToken cancellation)
    {
        if (plans.Count == 0) return;
        List<string> figures = [];
        var places = Place(figures, plans);
        if (await ReadAsync(figures, plans, half => CountAsync(half, cancellation), cancellation) is { } values) Judge(plans, places, values);
    }

    /// <returns>The figures; null where the plans had to be taken apart.</returns>
    private async Task<IReadOnlyList<object?>?> ReadAsync(List<string> figures, IReadOnlyList<CheckPlan> plans, Func<IReadOnlyList<CheckPlan>, Task> half, CancellationToken cancellation)
    {
        try
        {
            return await RowAsync($"SELECT {string.Join(", ", figures)} FROM {rows.From}", cancellation);
        }
        catch (EngineException failed) when (!failed.IsLost && plans.Count > 0)
        {
            await ProveReadableAsync(failed, cancellation);
            await HalvesAsync(plans, failed, half);
            return null;
        }
    }

    /// <summary>Values that cannot be read are the relation's fault, not a check's: reading all of them tells, and fails again.</summary>
    private async Task ProveReadableAsync(EngineException failed, CancellationToken cancellation)
    {
        if (readable || failed.Fault is not (EngineFault.BadData or EngineFault.BadType)) return;
        await RowAsync($"SELECT sum(ignore(*)) FROM {rows.From}", cancellation);
        readable = true;
    }

    /// <summary>One check that cannot be run, or too many for the memory, must not take the others along.</summary>
    private static async Task HalvesAsync(IReadOnlyList<CheckPlan> plans, EngineException failed, Func<IReadOnlyList<CheckPlan>, Task> half)
    {
        if (plans.Count == 1)
        {
            plans[0].GiveUp(failed.Message);
            await half([]);
            return;
        }

        await half([.. plans.Take(plans.Count / 2)]);
        await half([.. plans.Skip(plans.Count / 2)]);
    }

    private IEnumerable<string> Figures(CheckPlan plan)
    {
        var filter = plan.Row!.Filter;
        yield return filter == "1" ? "count()" : $"countIf({filter})";
        if (plan.Doubt is { } doubt) yield return doubt;
        else if (plan.Broken is { } broken) yield return filter == "1" ? $"countIf({broken})" : $"countIf({filter} AND {broken})";
        if (IsOnRows(plan) && rows.Relation.IsDivided)
        {
            foreach (var condition in plan.Doubt is null ? new[] { filter, filter == "1" ? plan.Broken! : $"({filter} AND {plan.Broken})" } : [filter])
            {
                yield return PartitionCounts.Names(rows.Partition!, condition);
                yield return PartitionCounts.Counts(rows.Partition!, condition);
            }
        }
        if (plan.Rule is not AggregateRule rule) yield break;
        foreach (var figure in rule.Figures(plan.Row)) yield return figure;
    }

    private bool IsOnRows(CheckPlan plan) => rows.Partition is not null && plan.Rule is RecordRule && plan.Broken is not null;

    /// <summary>Where the figures of each plan are among all.</summary>
    private List<List<int>> Place(List<string> figures, IReadOnlyList<CheckPlan> plans) => [.. plans.Select(p => Figures(p).Select(f => Place(figures, f)).ToList())];

    private static int Place(List<string> figures, string figure)
    {
        var place = figures.IndexOf(figure);
        if (place >= 0) return place;
        figures.Add(figure);
        return figures.Count - 1;
    }

    private void Judge(IReadOnlyList<CheckPlan> plans, List<List<int>> places, IReadOnlyList<object?> values)
    {
        foreach (var (plan, own) in plans.Zip(places))
        {
            object?[] figures = [.. own.Select(p => values[p])];
            Judge(plan, figures);
            if (plan.Verdict is not null && IsOnRows(plan)) plan.Partitions = rows.Relation.IsDivided ? ByPartition(plan, figures) : OfOne(plan);
        }
    }

    private static void Judge(CheckPlan plan, IReadOnlyList<object?> values)
    {
        plan.Asserted = Convert.ToInt64(values[0], null);
        if (plan.Rule is AggregateRule rule)
        {
            plan.Verdict = rule.Judge(plan.Scope, plan.Asserted, [.. values.Skip(1)]);
        }
        else if (plan.Rule is RecordRule record)
        {
            if (plan.Doubt is not null && Convert.ToInt64(values[1], null) != 0) return; // to be counted
            plan.Failures = Convert.ToInt64(values[1], null);
            var kept = (decimal)(plan.Check.Coverage ?? 1) * plan.Asserted;
            plan.Verdict = Verdict.Of(plan.Failures == 0 || plan.Asserted - plan.Failures >= kept, () => record.ShapeMessage(plan.Scope, plan.Asserted, plan.Failures))
                with
            { Asserted = plan.Asserted, Anomalous = plan.Failures };
        }
    }

    /// <summary>The figures behind the two of the whole. A partition passes where the check does, or where none of its rows failed: a share that may fail is one of the whole.</summary>
    private List<PartitionAssertion> ByPartition(CheckPlan plan, object?[] values)
    {
        var asserted = PartitionCounts.Read(values[2], values[3]).ToDictionary(p => p.Name, p => p.Records, StringComparer.Ordinal);
        // Where the ends of the values tell that no row breaks the check, none was counted.
        var anomalous = plan.Doubt is null ? PartitionCounts.Read(values[4], values[5]).ToDictionary(p => p.Name, p => p.Records, StringComparer.Ordinal) : [];
        return [.. Partitions.Select(p => Assertion(plan, p.Name, asserted.GetValueOrDefault(p.Name), anomalous.GetValueOrDefault(p.Name)))];
    }

    private List<PartitionAssertion>? OfOne(CheckPlan plan) => Partitions.Count > 1 ? null : [.. Partitions.Select(p => Assertion(plan, p.Name, plan.Asserted, plan.Failures))];

    private static PartitionAssertion Assertion(CheckPlan plan, string name, long asserted, long anomalous) => new(
        name, asserted, anomalous, plan.Failed && anomalous > 0 ? ((RecordRule)plan.Rule).ShapeMessage(plan.Scope, asserted, anomalous) : null);

    private async Task<IReadOnlyList<object?>> RowAsync(string sql, CancellationToken cancellation)
    {
        await using var reader = await engine.OpenAsync(bind(ScanStatement.Of(sql)), cancellation);
        return (await reader.ReadAsync(cancellation))!.Values;
    }
}
