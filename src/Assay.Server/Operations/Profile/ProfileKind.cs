using Assay.Server.Operations.Running;
using Assay.Server.Settings;
using Assay.Sources.Contract;

namespace Assay.Server.Operations.Profile;

/// <summary>
/// Profiles the containers of a datastore, a few side by side, once their structure is known as it is now. Each is read, computed and stored
/// for itself: one that fails costs no other, and those that an earlier attempt finished are not read again.
/// </summary>
internal sealed class ProfileKind(ProfileTargets targets, FreshStructures structures, ContainerProfiler profiler, AssaySettings limits, ILogger<ProfileKind> log) : IOperationKind
{
    public const string Name = "profile";

    public string Type => Name;

    public bool CanResume => true;

    public string Normalise(string settingsJson) => ProfileSettings.Parse(settingsJson).ToJson();

    public async Task<OperationEnding> RunAsync(OperationRun run, CancellationToken cancel)
    {
        var settings = ProfileSettings.Parse(run.Settings);
        var (wanted, done) = await targets.FindAsync(run, settings, cancel);
        var progress = new ProfileProgress(run, wanted.Count + done.Count);
        foreach (var earlier in done) progress.Add(earlier);
        var stale = await structures.FetchAsync(run, wanted, cancel);
        await Parallel.ForEachAsync(wanted, new ParallelOptions { CancellationToken = cancel, MaxDegreeOfParallelism = limits.ContainersAtOnce },
            async (container, stop) => progress.Add(await OneAsync(run, container, settings, progress, stop), container.Id));
        return progress.Ending(stale);
    }

    private async Task<ProfiledContainer> OneAsync(OperationRun run, TargetContainer container, ProfileSettings settings, ProfileProgress progress, CancellationToken cancel)
    {
        try
        {
            return await profiler.RunAsync(run, container, settings, progress.Watch(container.Id), cancel);
        }
        catch (Exception problem) when (problem is not (OperationCanceledException or LeaseLostException) && !cancel.IsCancellationRequested)
        {
            if (problem is not SourceException) log.LogWarning(problem, "Operation {Operation}: container {Container} could not be profiled", run.Id, container.Id);
            return await profiler.FailAsync(run, container, Reading.ReadProblem.Of(problem), cancel);
        }
        catch (Exception) when (cancel.IsCancellationRequested)
        {
            await profiler.AbortAsync(run, container);
            throw;
        }
    }
}
