using Assay.Engine;
using Assay.Quality.Rules;

namespace Assay.Quality.Scanning;

/// <summary>Counts and figures of all checks in one pass over the rows. Equal aggregates of several checks are computed once.</summary>
internal sealed class AggregationPass(IEngine engine, DescribedRelation rows, Func<EngineQuery, EngineQuery> bind)
{
    private bool readable;

    /// <summary>The number of rows.</summary>
    public long Records { get; private set; }

    /// <summary>Greatest value of the incremental field, as text.</summary>
    public string? Maximum { get; private set; }

    /// <summary>The number of rows of each partition; empty where partitions are not known.</summary>
    public IReadOnlyList<PartitionRecords> Partitions { get; private set; } = [];

    public async Task RunAsync(IReadOnlyList<CheckPlan> plans, string? incremental, CancellationToken cancellation)
    {
        var figures = new List<string> { "count()", incremental is { } field && rows.Has(field) ? $"toString(max({rows.Value(field).Sql}))" : "NULL" };
        if (rows.Partition is { } partition) figures.AddRange([PartitionCounts.Names(partition), PartitionCounts.Counts(partition)]);
        var figured = plans.Select(p => Figures(p).Select(f => Place(figures, f)).ToList()).ToList();
        IReadOnlyList<object?> values;
        try
        {
            values = await RowAsync($"SELECT {string.Join(", ", figures)} FROM {rows.From}", cancellation);
        }
        catch (EngineException failed) when (!failed.IsLost && plans.Count > 0)
        {
            await ProveReadableAsync(failed, cancellation);
            await HalvesAsync(plans, failed, incremental, cancellation);
            return;
        }

        Records = Convert.ToInt64(values[0], null);
        Maximum = values[1] as string;
        if (rows.Partition is not null) Partitions = PartitionCounts.Read(values[2], values[3]);
        foreach (var (plan, places) in plans.Zip(figured))
        {
            Judge(plan, [.. places.Select(p => values[p])]);
            if (IsOnRows(plan)) plan.Partitions = rows.Relation.IsDivided ? ByPartition(plan, [.. places.Select(p => values[p])]) : OfOne(plan);
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
    private async Task HalvesAsync(IReadOnlyList<CheckPlan> plans, EngineException failed, string? incremental, CancellationToken cancellation)
    {
        if (plans.Count == 1)
        {
            plans[0].GiveUp(failed.Message);
            await RunAsync([], incremental, cancellation);
            return;
        }

        await RunAsync([.. plans.Take(plans.Count / 2)], incremental, cancellation);
        await RunAsync([.. plans.Skip(plans.Count / 2)], incremental, cancellation);
    }

    private IEnumerable<string> Figures(CheckPlan plan)
    {
        var filter = plan.Row!.Filter;
        yield return filter == "1" ? "count()" : $"countIf({filter})";
        if (plan.Broken is { } broken) yield return filter == "1" ? $"countIf({broken})" : $"countIf({filter} AND {broken})";
        if (IsOnRows(plan) && rows.Relation.IsDivided)
        {
            foreach (var condition in new[] { filter, filter == "1" ? plan.Broken! : $"({filter} AND {plan.Broken})" })
            {
                yield return PartitionCounts.Names(rows.Partition!, condition);
                yield return PartitionCounts.Counts(rows.Partition!, condition);
            }
        }
        if (plan.Rule is not AggregateRule rule) yield break;
        foreach (var figure in rule.Figures(plan.Row)) yield return figure;
    }

    private bool IsOnRows(CheckPlan plan) => rows.Partition is not null && plan.Rule is RecordRule && plan.Broken is not null;

    /// <summary>The figures behind the two of the whole. A partition passes where the check does, or where none of its rows failed: a share that may fail is one of the whole.</summary>
    private List<PartitionAssertion> ByPartition(CheckPlan plan, IReadOnlyList<object?> values)
    {
        var asserted = PartitionCounts.Read(values[2], values[3]).ToDictionary(p => p.Name, p => p.Records, StringComparer.Ordinal);
        var anomalous = PartitionCounts.Read(values[4], values[5]).ToDictionary(p => p.Name, p => p.Records, StringComparer.Ordinal);
        return [.. Partitions.Select(p => Assertion(plan, p.Name, asserted.GetValueOrDefault(p.Name), anomalous.GetValueOrDefault(p.Name)))];
    }

    private List<PartitionAssertion>? OfOne(CheckPlan plan) => Partitions.Count > 1 ? null : [.. Partitions.Select(p => Assertion(plan, p.Name, plan.Asserted, plan.Failures))];

    private static PartitionAssertion Assertion(CheckPlan plan, string name, long asserted, long anomalous) => new(
        name, asserted, anomalous, plan.Failed && anomalous > 0 ? ((RecordRule)plan.Rule).ShapeMessage(plan.Scope, asserted, anomalous) : null);

    private static int Place(List<string> figures, string figure)
    {
        var place = figures.IndexOf(figure);
        if (place >= 0) return place;
        figures.Add(figure);
        return figures.Count - 1;
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
            plan.Failures = Convert.ToInt64(values[1], null);
            var kept = (decimal)(plan.Check.Coverage ?? 1) * plan.Asserted;
            plan.Verdict = Verdict.Of(plan.Failures == 0 || plan.Asserted - plan.Failures >= kept, () => record.ShapeMessage(plan.Scope, plan.Asserted, plan.Failures))
                with
            { Asserted = plan.Asserted, Anomalous = plan.Failures };
        }
    }

    private async Task<IReadOnlyList<object?>> RowAsync(string sql, CancellationToken cancellation)
    {
        await using var reader = await engine.OpenAsync(bind(ScanStatement.Of(sql)), cancellation);
        return (await reader.ReadAsync(cancellation))!.Values;
    }
}
