using Assay.Server.Enrichment;
using Assay.Server.Enrichment.Tables;
using Assay.Server.Operations.Profile;
using Assay.Server.Operations.Running;
using Assay.Server.Reading;
using Assay.Server.Settings;
using Assay.Server.Store;
using Assay.Sources.Contract;

namespace Assay.Server.Operations.Materialize;

/// <summary>
/// Copies the rows of a datastore's containers into its enrichment store, a few side by side. Each is read and written for itself: one
/// that fails costs no other, and those that an earlier attempt finished are not read again.
/// </summary>
internal sealed class MaterializeKind(
    EnrichmentPlaces places, EnrichmentStores stores, MaterializeTargets targets, ContainerCopier copier, CopyStore copies, AssaySettings limits, TimeProvider clock, ILogger<MaterializeKind> log) : IOperationKind
{
    public const string Name = "materialize";

    public string Type => Name;

    public bool CanResume => true;

    public string Normalise(string settingsJson) => MaterializeSettings.Parse(settingsJson).ToJson();

    public async Task<OperationEnding> RunAsync(OperationRun run, CancellationToken cancel)
    {
        var settings = MaterializeSettings.Parse(run.Settings);
        if (await places.FindAsync(run.DatastoreId, cancel) is not { } place) return OperationEnding.Failure(EnrichmentPlace.NotLinked);
        // A store that is down is told once, and not by every container.
        await using (await stores.OpenWriterAsync(place.Store, cancel)) { }
        var (wanted, done) = await targets.FindAsync(run, settings, cancel);
        var progress = new MaterializeProgress(run, wanted.Count + done.Count);
        foreach (var earlier in done) progress.Add(earlier);
        await Parallel.ForEachAsync(wanted, new ParallelOptions { CancellationToken = cancel, MaxDegreeOfParallelism = limits.ContainersAtOnce },
            async (container, stop) => progress.Add(await OneAsync(run, container, place, settings, progress, stop), container.Id));
        return progress.Ending();
    }

    private async Task<CopiedPart> OneAsync(
        OperationRun run, TargetContainer container, EnrichmentPlace place, MaterializeSettings settings, MaterializeProgress progress, CancellationToken cancel)
    {
        var started = clock.UtcNow();
        try
        {
            return await copier.RunAsync(run, container, place, settings, started, rows => progress.Arrive(container.Id, rows), cancel);
        }
        catch (Exception problem) when (problem is not (OperationCanceledException or LeaseLostException) && !cancel.IsCancellationRequested)
        {
            if (problem is not SourceException) log.LogWarning(problem, "Operation {Operation}: container {Container} could not be copied", run.Id, container.Id);
            var words = ReadProblem.Of(problem);
            await copies.SaveFailureAsync(run, container.Id, started, clock.UtcNow(), words, cancel);
            return new CopiedPart(container.Name, 0, words);
        }
    }
}
