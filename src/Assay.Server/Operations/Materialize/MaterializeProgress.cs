using Assay.Server.Operations.Running;

namespace Assay.Server.Operations.Materialize;

/// <summary>Adds up the containers that are copied, for the counters while it runs and the message at its end.</summary>
internal sealed class MaterializeProgress
{
    private readonly Lock gate = new();
    private readonly OperationRun run;
    private readonly int total;
    private readonly List<CopiedPart> finished = [];
    private readonly Dictionary<long, long> arriving = [];

    public MaterializeProgress(OperationRun run, int total)
    {
        (this.run, this.total) = (run, total);
        Show();
    }

    /// <summary>Takes the rows of a container that is being copied: how many have come into the engine, then how many have gone out of it.</summary>
    public void Arrive(long container, long rows)
    {
        lock (gate)
        {
            arriving[container] = Math.Max(arriving.GetValueOrDefault(container), rows);
            Show();
        }
    }

    public void Add(CopiedPart part, long? id = null)
    {
        lock (gate)
        {
            finished.Add(part);
            if (id is { } done) arriving.Remove(done);
            Show();
        }
    }

    public OperationEnding Ending() => ProblemList.Ending(
        [.. finished.Where(c => c.Problem is not null).OrderBy(c => c.Name, StringComparer.Ordinal).Select(c => $"{c.Name}: {c.Problem}")],
        total, "materialize", "materialized");

    private void Show()
    {
        run.Count("total_containers", total);
        run.Count("containers_analyzed", finished.Count(c => c.Problem is null));
        run.Count("records_processed", finished.Sum(c => c.Records) + arriving.Values.Sum());
    }
}

/// <summary>A container that is done with.</summary>
/// <param name="Problem">Why it could not be copied; null where it was.</param>
internal sealed record CopiedPart(string Name, long Records, string? Problem);
