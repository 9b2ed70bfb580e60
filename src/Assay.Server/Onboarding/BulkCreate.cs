using Assay.Server.Identity;
using Assay.Server.Store;
using Assay.Server.Web.Requests;
using Assay.Server.Web.Responses;

namespace Assay.Server.Onboarding;

/// <summary>
/// Makes a datastore for each of many schemas, each with its teams, tags and sync or not at all: what cannot be made is reported and
/// keeps none of the others from being made.
/// </summary>
internal sealed class BulkCreate(AssayDb db, BulkRuns runs, BulkPlaces places, BulkGroundwork groundwork, BulkPlanner planner, BulkWriter writer)
{
    /// <summary>With a connection that is stored first.</summary>
    public Task<Outcome<BulkResult>> RunAsync(BulkWithConnectionRequest request, IdempotencyKey key, Caller caller, CancellationToken cancel) =>
        RunAsync(request, new BulkTarget(request.Connection, 0), key, caller, cancel);

    public Task<Outcome<BulkResult>> RunAsync(long connectionId, BulkRequest request, IdempotencyKey key, Caller caller, CancellationToken cancel) =>
        RunAsync(request, new BulkTarget(null, connectionId), key, caller, cancel);

    private async Task<Outcome<BulkResult>> RunAsync(BulkRequest request, BulkTarget target, IdempotencyKey key, Caller caller, CancellationToken cancel)
    {
        if (BulkChecks.Problems(request) is { Count: > 0 } problems) return Failure.Invalid(problems);
        if (!(await runs.FindAsync(key, caller, cancel)).Try(out var found, out var failure)) return failure;
        if (found.Run is { Answer: { } answer })
        {
            key.Replay();
            return BulkRuns.AnswerOf(answer);
        }
        if (found.Run is { } unfinished) return await FinishAsync(request, new BulkStart(BulkRuns.GroundOf(unfinished), unfinished), caller, cancel);
        if (!(await places.FindAsync(request, target, cancel)).Try(out var wanted, out failure)) return failure;
        if (request.DryRun == true) return await PlanAsync(request, target, wanted, caller, cancel);
        if (wanted.Count == 0) return new BulkResult([], []);
        return (await groundwork.StartAsync(request, target, wanted, key, caller, cancel)).Try(out var start, out failure)
            ? await FinishAsync(request, start, caller, cancel) : failure;
    }

    private async Task<BulkResult> FinishAsync(BulkRequest request, BulkStart start, Caller caller, CancellationToken cancel) =>
        await runs.EndAsync(start.Run, await writer.WriteAsync(request, start, caller, cancel), cancel);

    /// <summary>Does what comes before the datastores for real, and then takes it back: a plan that is answered would have worked.</summary>
    private async Task<Outcome<BulkResult>> PlanAsync(BulkRequest request, BulkTarget target, IReadOnlyList<string> wanted, Caller caller, CancellationToken cancel)
    {
        await using var undone = await db.Database.BeginTransactionAsync(cancel);
        if (!(await groundwork.LayAsync(request, target, wanted, caller, cancel)).Try(out var ground, out var failure)) return failure;
        var plan = await planner.PlanAsync(request, ground, [.. Enumerable.Range(0, wanted.Count)], cancel);
        return new BulkResult([], [.. plan.Where(p => p.Problem is not null).Select(p => new BulkError(p.Place, p.Problem!))],
            [.. plan.Where(p => p.Datastore is not null).Select(p => new PlannedDatastore(
                p.Place, p.Datastore!.Name, p.Datastore.Database, p.Datastore.Schema, p.Datastore.RootPath, p.Datastore.EnrichmentPrefix))]);
    }
}
