using Assay.Engine;
using Assay.Quality.Rules;
using Assay.Quality.Scanning;
using Relation = Assay.Quality.Scanning.Relation;

namespace Assay.Quality.Inference;

/// <summary>Runs candidates as a scan would, on rows that they were not made from.</summary>
internal sealed class CandidateTest(IEngine engine, InferenceRequest request)
{
    /// <summary>Which candidates hold, with how many rows they held on.</summary>
    public async Task<IReadOnlyList<(Candidate Candidate, long Rows, long Broken)>> RunAsync(IReadOnlyList<Candidate> candidates, Relation test, CancellationToken cancellation)
    {
        if (candidates.Count == 0) return [];
        var outcome = await new Scanner(engine).RunAsync(
            new ScanRequest
            {
                Rows = test,
                Checks = [.. candidates.Select((c, i) => new ScanCheck(c.Check with { Id = i }, c.Reference?.Rows))],
                Measurements = new() { Fields = request.Rows.Fields },
                Now = request.Now,
                RollupThreshold = 0,
                SourceRecordLimit = 1,
            },
            cancellation);
        return [.. candidates.Zip(outcome.Checks)
            .Where(p => Holds(p.First, p.Second))
            .Select(p => (p.First, p.Second.Asserted, p.Second.Anomalous ?? 0))];
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
