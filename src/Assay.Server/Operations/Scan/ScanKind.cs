using Assay.Server.Operations.Profile;
using Assay.Server.Operations.Running;
using Assay.Server.Scans.Results;
using Assay.Server.Settings;
using Assay.Server.Store;
using Assay.Sources.Contract;

namespace Assay.Server.Operations.Scan;

/// <summary>
/// Asserts the checks of a datastore's containers, a few side by side. Each is read, judged and stored for itself: one that fails costs no
/// other, and those that an earlier attempt finished are not read again.
/// </summary>
internal sealed class ScanKind(ScanTargets targets, ContainerScanner scanner, ScanStore store, AssaySettings limits, TimeProvider clock, ILogger<ScanKind> log) : IOperationKind
{
    public const string Name = "scan";

    public string Type => Name;

    public bool CanResume => true;

    public string Normalise(string settingsJson) => ScanSettings.Parse(settingsJson).ToJson();

    public async Task<OperationEnding> RunAsync(OperationRun run, CancellationToken cancel)
    {
        var settings = ScanSettings.Parse(run.Settings);
        var (wanted, done) = await targets.FindAsync(run, settings, cancel);
        var progress = new ScanProgress(run, wanted.Count + done.Count);
        foreach (var earlier in done) progress.Add(earlier);
        await Parallel.ForEachAsync(wanted, new ParallelOptions { CancellationToken = cancel, MaxDegreeOfParallelism = limits.ContainersAtOnce },
            async (container, stop) => progress.Add(await OneAsync(run, container, settings, stop)));
        return progress.Ending();
    }

    private async Task<ScanPart> OneAsync(OperationRun run, TargetContainer container, ScanSettings settings, CancellationToken cancel)
    {
        var started = clock.UtcNow();
        try
        {
            return await scanner.RunAsync(run, container, settings, started, cancel);
        }
        catch (Exception problem) when (problem is not (OperationCanceledException or LeaseLostException) && !cancel.IsCancellationRequested)
        {
            if (problem is not SourceException) log.LogWarning(problem, "Operation {Operation}: container {Container} could not be scanned", run.Id, container.Id);
            var words = Reading.ReadProblem.Of(problem);
            await store.SaveFailureAsync(run, container.Id, settings, started, words, cancel);
            return new ScanPart(container.Name, 0, 0, 0, words);
        }
    }
}
