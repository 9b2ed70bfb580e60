using System.Data.Common;
using Assay.Server.Identity;
using Assay.Server.Operations;
using Assay.Server.Operations.Sync;
using Assay.Server.Store;
using Assay.Server.Tags;
using Assay.Server.Teams;
using Assay.Server.Web.Responses;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Onboarding;

/// <summary>
/// Stores the datastores of a bulk creation, many in one transaction, since each commit and each statement costs. Where a transaction
/// breaks it is tried again in halves, so that one bad datastore is found and costs none of the others.
/// </summary>
internal sealed class BulkWriter(AssayDb db, BulkRuns runs, BulkPlanner planner, OperationDesk operations, ILogger<BulkWriter> log)
{
    private const int AtOnce = 100;

    public async Task<BulkResult> WriteAsync(BulkRequest request, BulkStart start, Caller caller, CancellationToken cancel)
    {
        var verdicts = new Verdict[start.Ground.Places.Count];
        foreach (var positions in Enumerable.Range(0, verdicts.Length).Chunk(AtOnce)) await WriteAsync(positions);
        return new BulkResult([.. verdicts.Where(v => v.Id is not null).Select(v => v.Id!.Value)],
            [.. verdicts.Zip(start.Ground.Places).Where(v => v.First.Problem is not null).Select(v => new BulkError(v.Second, v.First.Problem!))]);

        async Task WriteAsync(int[] positions)
        {
            try
            {
                if (!(await db.InTransactionAsync(() => StoreAsync(request, start, positions, caller, cancel), cancel)).Try(out var stored, out var failure))
                    stored = [.. positions.Select(_ => new Verdict(null, failure.Text))];
                foreach (var (position, verdict) in positions.Zip(stored)) verdicts[position] = verdict;
            }
            catch (Exception problem) when (problem is DbException or DbUpdateException)
            {
                log.LogWarning(problem, "Bulk creation on connection {Connection}: {Count} datastores could not be stored together", start.Ground.ConnectionId, positions.Length);
                if (positions.Length == 1) verdicts[positions[0]] = new Verdict(null, "The datastore could not be stored; try again");
                else
                    foreach (var half in positions.Chunk((positions.Length + 1) / 2)) await WriteAsync(half);
            }
        }
    }

    private async Task<Outcome<Verdict[]>> StoreAsync(BulkRequest request, BulkStart start, int[] positions, Caller caller, CancellationToken cancel)
    {
        // What an earlier portion left in the context, a refused one above all, must not be saved along with this one.
        db.ChangeTracker.Clear();
        var made = await runs.MadeAsync(start.Run, [.. positions.Select(p => (long)p)], cancel);
        var plans = await planner.PlanAsync(request, start.Ground, [.. positions.Where(p => !made.ContainsKey(p))], cancel);
        var fresh = plans.Where(p => p.Datastore is not null).ToArray();
        db.AddRange(fresh.Select(p => p.Datastore!));
        await db.SaveChangesAsync(cancel);
        foreach (var plan in fresh) AddAround(start, plan);
        if (request.TriggerCatalog == true) operations.AddNew(db, fresh.Select(p => p.Datastore!.Id), SyncKind.Name, "{}", caller);
        await db.SaveChangesAsync(cancel);
        var planned = plans.ToDictionary(p => p.Position, p => new Verdict(p.Datastore?.Id, p.Problem));
        return positions.Select(p => made.TryGetValue(p, out var id) ? new Verdict(id, null) : planned[p]).ToArray();
    }

    private void AddAround(BulkStart start, Plan plan)
    {
        var id = plan.Datastore!.Id;
        db.AddRange(start.Ground.Teams.Select(team => new TeamDatastore { TeamId = team, DatastoreId = id }));
        db.AddRange(start.Ground.Tags.Select(tag => new DatastoreTag { TagId = tag, DatastoreId = id }));
        if (start.Run is { } run) db.Add(new BulkRunItem { RunId = run.Id, Position = plan.Position, DatastoreId = id });
    }

    private sealed record Verdict(long? Id, string? Problem);
}
