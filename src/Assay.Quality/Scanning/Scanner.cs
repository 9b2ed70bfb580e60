using Assay.Engine;
using Assay.Quality.Rules;

namespace Assay.Quality.Scanning;

/// <summary>
/// Asserts all checks of a container over one relation: measurements first, then one statement that counts for all checks on rows, then one that
/// fetches the failing rows. Rules that compare rows with other rows have statements of their own.
/// </summary>
public sealed class Scanner(IEngine engine)
{
    /// <summary>Runs a scan.</summary>
    /// <exception cref="EngineException">The engine or the source went away, or refuses the relation itself. A single check that cannot be run is an outcome.</exception>
    public async Task<ScanOutcome> RunAsync(ScanRequest request, CancellationToken cancellation)
    {
        var plans = request.Checks.Select(check => Plan(check, request)).ToList();
        var shapes = new ShapeAnomalies(engine, request, null, request.Rows.Bind);
        foreach (var plan in plans.Where(p => p.Rule is MeasuredRule && p.Verdict is null))
            plan.Verdict = ((MeasuredRule)plan.Rule).Judge(plan.Scope, request.Measurements with { Now = request.Now });
        if (plans.Where(p => p.Rule is Rules.Container.ExpectedSchema && p.Failed).ToList() is { Count: > 0 } broken) return SchemaFailed(plans, broken, shapes);
        // Rows are not even looked at when nothing is asserted on them.
        if (plans.All(p => p.Verdict is not null)) return Measured(plans, shapes);

        using var hold = engine.Hold();
        return await RowsAsync(request, plans, cancellation);
    }

    private async Task<ScanOutcome> RowsAsync(ScanRequest request, List<CheckPlan> plans, CancellationToken cancellation)
    {
        var rows = await DescribedRelation.OfAsync(engine, request.Rows, cancellation);
        var bind = Bind(request);
        var builder = new PlanBuilder(engine, request, rows);
        foreach (var plan in plans.Where(p => p.Verdict is null)) await builder.PrepareAsync(plan, q => bind(ScanStatement.Settle(q)), cancellation);

        var pass = new AggregationPass(engine, rows, bind);
        await pass.RunAsync([.. plans.Where(p => p.Verdict is null)], request.IncrementalField, cancellation);
        foreach (var plan in plans.Where(p => p.Rule is StatementRule && p.Verdict is null)) await StatementAsync(plan, q => bind(ScanStatement.Settle(q)), cancellation);

        var shapes = new ShapeAnomalies(engine, request, rows, bind);
        var records = await RecordsAsync(request, plans, rows, bind, shapes, pass.Maximum, cancellation);
        foreach (var plan in plans.Where(p => p.Failed && p.Rule is not RecordRule))
            await shapes.FetchEvidenceAsync(plan.Verdict!, shapes.Make(plan, pass.Maximum), cancellation);
        return new(pass.Records, [.. plans.Select(p => p.Outcome)], [.. records.Make(), .. shapes.All]) { IncrementalMaximum = pass.Maximum, Partitions = pass.Partitions };
    }

    private async Task<RecordAnomalies> RecordsAsync(
        ScanRequest request, List<CheckPlan> plans, DescribedRelation rows, Func<EngineQuery, EngineQuery> bind, ShapeAnomalies shapes, string? maximum, CancellationToken cancellation)
    {
        var failed = plans.Where(p => p.Failed && p.Rule is RecordRule).ToList();
        var records = new RecordAnomalies(failed, request.RollupThreshold);
        var adds = failed.Select(p => p.IsSingle(request.RollupThreshold) ? null : shapes.Make(p, maximum)).ToList();
        var fetch = new FailingRows(engine, rows, bind);
        await foreach (var found in fetch.FetchAsync(failed, Math.Max(request.RollupThreshold, request.SourceRecordLimit), cancellation))
        {
            if (adds[found.Plan] is { } add) await add(found.Record, cancellation);
            else records.Add(found);
        }

        return records;
    }

    private async Task StatementAsync(CheckPlan plan, Func<EngineQuery, EngineQuery> bind, CancellationToken cancellation)
    {
        try
        {
            plan.Verdict = await ((StatementRule)plan.Rule).RunAsync(new StatementScope(engine, plan.Row!, plan.Asserted, bind), cancellation);
        }
        catch (Expressions.ExpressionException refused)
        {
            plan.GiveUp($"The expression cannot be run: {refused.Message}");
        }
        catch (Exception missing) when (missing is FieldMissingException or ReferenceMissingException)
        {
            plan.GiveUp(missing.Message);
        }
        catch (EngineException failure) when (!failure.IsLost)
        {
            plan.GiveUp(failure.Message);
        }
    }

    private static CheckPlan Plan(ScanCheck check, ScanRequest request)
    {
        var scope = new CheckScope(check.Check, request.Rows.Name, check.Reference?.Name)
        {
            LastValue = request.Measurements.LastValues.TryGetValue(check.Check.Id, out var last) ? last : null,
        };
        if (RuleCatalogue.Find(check.Check.Rule) is { } rule) return new(check, rule, scope);
        var plan = new CheckPlan(check, RuleCatalogue.Find("userDefinedFunction")!, scope);
        plan.GiveUp($"There is no rule '{check.Check.Rule}'.");
        return plan;
    }

    /// <summary>Nothing else is asserted on a container whose schema is not the expected one.</summary>
    private static ScanOutcome SchemaFailed(List<CheckPlan> plans, List<CheckPlan> broken, ShapeAnomalies shapes)
    {
        foreach (var plan in plans.Except(broken)) plan.GiveUp("Not asserted: the container's schema is not the expected one.");
        foreach (var plan in broken) shapes.Make(plan, null);
        return new(0, [.. plans.Select(p => p.Outcome)], [.. shapes.All]) { SchemaFailed = true };
    }

    private static ScanOutcome Measured(List<CheckPlan> plans, ShapeAnomalies shapes)
    {
        foreach (var plan in plans.Where(p => p.Failed)) shapes.Make(plan, null);
        return new(0, [.. plans.Select(p => p.Outcome)], [.. shapes.All]);
    }

    /// <summary>A statement may read the rows and any of the referenced containers.</summary>
    internal static Func<EngineQuery, EngineQuery> Bind(ScanRequest request)
    {
        var binds = request.Checks.Select(c => c.Reference).OfType<Relation>().Distinct(ReferenceEqualityComparer.Instance).Cast<Relation>().Select(r => r.Bind).Prepend(request.Rows.Bind).ToList();
        return query => binds.Aggregate(query, (bound, bind) => bind(bound));
    }
}
