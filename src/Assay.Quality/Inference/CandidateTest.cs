using Assay.Engine;
using Assay.Quality.Rules;
using Assay.Quality.Rules.Presence;
using Assay.Quality.Scanning;

namespace Assay.Quality.Inference;

/// <summary>Tests candidates on rows that they were not made from: as a scan would, but all by one statement, since there are few rows and only counts are asked for.</summary>
internal sealed class CandidateTest(IEngine engine, InferenceRequest request)
{
    /// <summary>Which candidates hold, with how many rows they held on.</summary>
    public async Task<IReadOnlyList<(Candidate Candidate, long Rows, long Broken)>> RunAsync(IReadOnlyList<Candidate> candidates, DescribedRelation test, CancellationToken cancellation)
    {
        if (candidates.Count == 0) return [];
        var scan = new ScanRequest
        {
            Rows = test.Relation,
            Checks = [.. candidates.Select((c, i) => new ScanCheck(c.Check with { Id = i }, c.Reference?.Rows))],
            Measurements = new() { Fields = request.Rows.Fields },
            Now = request.Now,
        };
        var plans = scan.Checks.Select(c => Plan(c, scan)).ToList();
        var open = plans.Where(p => p.Verdict is null).ToList();
        var bind = Scanner.Bind(scan);
        var builder = new PlanBuilder(engine, scan, test);
        foreach (var plan in open)
        {
            await builder.PrepareAsync(plan, bind, cancellation);
            // A look at the ends of the values first, and then at the rows, would be two statements.
            (plan.Doubt, plan.DoubtByValue) = (null, null);
        }

        open.RemoveAll(p => p.Verdict is not null);
        if (open.Count > 0) await new AggregationPass(engine, test, bind).RunAsync(open, null, cancellation);
        return [.. candidates.Zip(plans.Select(p => p.Outcome))
            .Where(p => Holds(p.First, p.Second))
            .Select(p => (p.First, p.Second.Asserted, p.Second.Anomalous ?? 0))];
    }

    private static CheckPlan Plan(ScanCheck check, ScanRequest scan)
    {
        var rule = RuleCatalogue.Find(check.Check.Rule) is { } known and not Unique ? known : UniqueOfFew.Rule;
        var plan = new CheckPlan(check, rule, new CheckScope(check.Check, scan.Rows.Name, check.Reference?.Name));
        if (rule is MeasuredRule measured) plan.Verdict = measured.Judge(plan.Scope, scan.Measurements with { Now = scan.Now });
        return plan;
    }

    /// <summary>A rule that nothing was asserted of has not been tested.</summary>
    private static bool Holds(Candidate candidate, CheckOutcome outcome)
    {
        if (RuleCatalogue.Find(candidate.Check.Rule) is Rules.Container.ExpectedSchema) return outcome.Result == Assertion.Passed;
        if (outcome.Asserted < TrainingRows.LeastRows / 3) return false;
        return outcome.Result == Assertion.Passed
            || outcome.Result == Assertion.Failed && outcome.Anomalous is { } broken && broken <= candidate.Allowed * outcome.Asserted;
    }
}
