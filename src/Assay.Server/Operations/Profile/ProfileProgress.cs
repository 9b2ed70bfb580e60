using Assay.Server.Checks.Inference;
using Assay.Server.Operations.Running;

namespace Assay.Server.Operations.Profile;

/// <summary>Adds up the containers of a profile, for the counters while it runs and the message at its end.</summary>
internal sealed class ProfileProgress
{
    private readonly Lock gate = new();
    private readonly OperationRun run;
    private readonly int total;
    private readonly List<ProfiledContainer> finished = [];
    private readonly Dictionary<long, long> arriving = [];

    public ProfileProgress(OperationRun run, int total)
    {
        (this.run, this.total) = (run, total);
        Show();
    }

    /// <summary>Takes the rows of a container that is being read.</summary>
    public IProgress<long> Watch(long container) => new Arriving(this, container);

    public void Add(ProfiledContainer container, long? id = null)
    {
        lock (gate)
        {
            finished.Add(container);
            if (id is { } done) arriving.Remove(done);
            Show();
        }
    }

    /// <param name="stale">Why structures may be out of date; null where they are not.</param>
    public OperationEnding Ending(string? stale)
    {
        var failed = finished.Where(c => c.Problem is not null).OrderBy(c => c.Name, StringComparer.Ordinal).ToList();
        var problems = ProblemList.Words([.. failed.Select(c => $"{c.Name}: {c.Problem}")]);
        if (total > 0 && failed.Count == total) return OperationEnding.Failure($"No container could be profiled. {problems}");
        var warnings = finished.Where(c => c.Problem is null && c.Warning is not null).OrderBy(c => c.Name, StringComparer.Ordinal).Take(ProblemList.MostNamed).Select(c => $"{c.Name}: {c.Warning}");
        var lines = (failed.Count > 0 ? [$"{failed.Count} of {total} containers could not be profiled. {problems}"] : Array.Empty<string>()).Concat(warnings);
        var message = string.Join(" ", stale is null ? lines : lines.Append(stale));
        return OperationEnding.Success(message.Length == 0 ? total == 0 ? "There was no container to profile." : null : message);
    }

    private void Arrive(long container, long rows)
    {
        lock (gate)
        {
            arriving[container] = rows;
            Show();
        }
    }

    private sealed class Arriving(ProfileProgress progress, long container) : IProgress<long>
    {
        public void Report(long value) => progress.Arrive(container, value);
    }

    private void Show()
    {
        var well = finished.Where(c => c.Problem is null).ToList();
        run.Count("total_containers", total);
        run.Count("containers_analyzed", well.Count);
        run.Count("partitions_analyzed", well.Sum(c => c.Partitions));
        run.Count("records_processed", well.Sum(c => c.Records) + arriving.Values.Sum());
        run.Count("fields_profiled", well.Sum(c => c.Fields));
        run.Count("checks_synchronized", well.Sum(c => c.Checks.All));
        run.Count("checks_added", well.Sum(c => c.Checks.Added));
        run.Count("checks_updated", well.Sum(c => c.Checks.Updated));
    }
}

/// <summary>A container that is done with.</summary>
/// <param name="Problem">Why it could not be profiled; null where it was.</param>
/// <param name="Warning">What is worth knowing of one that was.</param>
internal sealed record ProfiledContainer(string Name, long Records, long Fields, long Partitions, string? Problem, string? Warning = null)
{
    /// <summary>What became of its inferred checks.</summary>
    public SynchronizedChecks Checks { get; init; }
}
