using Assay.Server.Operations.Running;

namespace Assay.Server.Operations.Scan;

/// <summary>Adds up the containers of a scan, for the counters while it runs and the message at its end.</summary>
internal sealed class ScanProgress
{
    private readonly Lock gate = new();
    private readonly OperationRun run;
    private readonly int total;
    private readonly List<ScanPart> finished = [];

    public ScanProgress(OperationRun run, int total)
    {
        (this.run, this.total) = (run, total);
        Show();
    }

    public void Add(ScanPart part)
    {
        lock (gate)
        {
            finished.Add(part);
            Show();
        }
    }

    public OperationEnding Ending() => ProblemList.Ending(
        [.. finished.Where(c => c.Problem is not null).OrderBy(c => c.Name, StringComparer.Ordinal)
            .Select(c => c.Problem!.StartsWith($"{c.Name}: ", StringComparison.Ordinal) ? c.Problem : $"{c.Name}: {c.Problem}")],
        total, "scan", "scanned");

    private void Show()
    {
        run.Count("total_containers", total);
        run.Count("containers_analyzed", finished.Count(c => c.Problem is null));
        run.Count("partitions_scanned", finished.Sum(c => c.Partitions));
        run.Count("records_processed", finished.Sum(c => c.Records));
        run.Count("anomalies_identified", finished.Sum(c => c.Anomalies));
    }
}

/// <summary>A container that is done with.</summary>
/// <param name="Problem">Why it counts as failed; null where it does not.</param>
internal sealed record ScanPart(string Name, long Records, long Anomalies, long Partitions, string? Problem);
