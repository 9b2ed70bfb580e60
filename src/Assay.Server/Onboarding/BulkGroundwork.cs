using Assay.Server.Connections;
using Assay.Server.Datastores;
using Assay.Server.Datastores.Enrichment;
using Assay.Server.Datastores.Writes;
using Assay.Server.Groups;
using Assay.Server.Identity;
using Assay.Server.Store;
using Assay.Server.Tags;
using Assay.Server.Web.Requests;
using Assay.Server.Web.Responses;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Onboarding;

/// <summary>
/// Lays the ground for a bulk creation in one transaction. What would fail for every datastore is refused here, and then nothing is left
/// behind, neither connection nor group, tag or team.
/// </summary>
internal sealed class BulkGroundwork(
    AssayDb db, BulkRuns runs, ConnectionDesk connections, DatastoreTeams teams, TagChoice tags, GroupDesk groups, EnrichmentRules enrichment)
{
    /// <summary>Lays the ground, or finds the one that an earlier request with the same key has laid.</summary>
    public Task<Outcome<BulkStart>> StartAsync(BulkRequest request, BulkTarget target, IReadOnlyList<string> places, IdempotencyKey key, Caller caller, CancellationToken cancel) =>
        db.InTransactionAsync<BulkStart>(async () =>
        {
            if (key.Value is not null)
            {
                // Two requests with one key must not both find nothing.
                await db.TakeLockAsync(StoreLock.BulkRuns, cancel);
                if (!(await runs.FindAsync(key, caller, cancel)).Try(out var found, out var reused)) return reused;
                if (found.Run is { } earlier) return new BulkStart(BulkRuns.GroundOf(earlier), earlier);
            }
            if (!(await LayAsync(request, target, places, caller, cancel)).Try(out var ground, out var failure)) return failure;
            return new BulkStart(ground, await runs.BeginAsync(key, ground, caller, cancel));
        }, cancel);

    /// <summary>Lays the ground within the caller's transaction.</summary>
    public async Task<Outcome<BulkGround>> LayAsync(BulkRequest request, BulkTarget target, IReadOnlyList<string> places, Caller caller, CancellationToken cancel)
    {
        if (!(await teams.ForNewAsync(request.Teams, caller, cancel)).Try(out var itsTeams, out var failure)) return failure;
        if (!(await ConnectionAsync(target, caller, cancel)).Try(out var connection, out failure)) return failure;
        if (BulkChecks.KindProblem(request, connection.StoreType == DatastoreScope.Dfs) is { } mismatch) return Failure.Invalid(mismatch);
        if (request.EnrichmentOnly == true && enrichment.RefuseTarget(connection.Type) is { } unfit) return unfit;
        if (await RefuseTargetAsync(request.EnrichmentDatastoreId, cancel) is { } refusal) return refusal;
        if (!(await GroupAsync(request, cancel)).Try(out var group, out failure)) return failure;
        if (!(await tags.IdsAsync(request.Tags ?? [], cancel)).Try(out var itsTags, out failure)) return failure;
        return new BulkGround(connection.Id, connection.Name, connection.Type, connection.StoreType,
            [.. itsTeams.Select(t => t.Id).Order()], [.. itsTags.Order()], group.Id, places);
    }

    private async Task<Outcome<Connection>> ConnectionAsync(BulkTarget target, Caller caller, CancellationToken cancel)
    {
        if (target.Fresh is { } fresh) return await connections.CreateAsync(db, fresh, caller, cancel);
        return await db.Set<Connection>().AsNoTracking().FirstOrDefaultAsync(c => c.Id == target.Id, cancel) is { } connection
            ? connection : Failure.NotFound("Connection", target.Id);
    }

    private async Task<Failure?> RefuseTargetAsync(long? targetId, CancellationToken cancel)
    {
        if (targetId is not { } id) return null;
        if (await db.Set<Datastore>().AsNoTracking().FirstOrDefaultAsync(d => d.Id == id && d.Deleted == null, cancel) is not { } target)
            return Failure.NotFound("Datastore", id);
        return target.EnrichmentOnly ? enrichment.RefuseTarget(target.Type) : Failure.Conflict($"The datastore id: {id} is not an enrichment store");
    }

    private async Task<Outcome<GroupChoice>> GroupAsync(BulkRequest request, CancellationToken cancel)
    {
        if (request.Group is { } fresh) return (await groups.AddAsync(fresh, cancel)).Try(out var made, out var taken) ? new GroupChoice(made.Id) : taken;
        if (request.GroupId is not { } id) return new GroupChoice(null);
        return await db.Set<DatastoreGroup>().AnyAsync(g => g.Id == id, cancel) ? new GroupChoice(id) : GroupDesk.NotFound(id);
    }

    private sealed record GroupChoice(long? Id);
}

/// <summary>The connection that datastores are made on: a new one, or the id of a stored one.</summary>
internal sealed record BulkTarget(ConnectionRequest? Fresh, long Id);
