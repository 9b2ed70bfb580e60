using Assay.Server.Connections;
using Assay.Server.Datastores.Enrichment;
using Assay.Server.Groups;
using Assay.Server.Identity;
using Assay.Server.Operations;
using Assay.Server.Operations.Sync;
using Assay.Server.Store;
using Assay.Server.Teams;
using Assay.Server.Web.Responses;
using Assay.Sources.Catalogue;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Datastores.Writes;

/// <summary>Makes a datastore with all that comes along with it, in one transaction: a refusal leaves nothing behind.</summary>
internal sealed class CreateDatastore(
    AssayDb db, ConnectionDesk connections, DatastoreTeams teams, DatastoreTags tags, GroupDesk groups, EnrichmentRules enrichment,
    OperationDesk operations, ConnectorCatalogue connectors, TimeProvider clock)
{
    public async Task<Outcome<Datastore>> RunAsync(CreateDatastoreRequest request, Caller caller, CancellationToken cancel) =>
        DatastoreChecks.Problems(request) is { Count: > 0 } problems
            ? Failure.Invalid(problems)
            : await db.InTransactionAsync(() => AddAsync(request, caller, cancel), cancel);

    private async Task<Outcome<Datastore>> AddAsync(CreateDatastoreRequest request, Caller caller, CancellationToken cancel)
    {
        // Locked first, in the order that linking and deleting take it in.
        Datastore? target = null;
        if (request.EnrichmentDatastoreId is { } targetId && (target = await db.LockDatastoreAsync(targetId, cancel)) is null)
            return Failure.NotFound("Datastore", targetId);
        if (!(await teams.ForNewAsync(request.Teams, caller, cancel)).Try(out var itsTeams, out var failure)) return failure;
        if (!(await ConnectionAsync(request, caller, cancel)).Try(out var connection, out failure)) return failure;
        if (!DatastoreScope.Of(connectors, connection.Type, connection.StoreType, request.Database, request.Schema, request.RootPath, request.FolderGlobbingEnabled ?? false).Try(out var scope, out failure)) return failure;
        if (request.IsEnrichment && enrichment.RefuseTarget(connection.Type) is { } unfit) return unfit;
        if (!(await GroupAsync(request, cancel)).Try(out var group, out failure)) return failure;
        var datastore = NewDatastore.Of(request, connection.Id, connection.Type, connection.StoreType, scope, group.Id, clock.UtcNow());
        if (target is not null)
        {
            if (await enrichment.RefuseLinkAsync(datastore, target, caller, cancel) is { } refusal) return refusal;
            datastore.EnrichmentDatastoreId = target.Id;
        }
        db.Add(datastore);
        await db.SaveChangesAsync(cancel);
        return await AttachAsync(datastore, itsTeams, request, caller, cancel) is { } unattached ? unattached : datastore;
    }

    private async Task<Failure?> AttachAsync(Datastore datastore, IReadOnlyList<Team> itsTeams, CreateDatastoreRequest request, Caller caller, CancellationToken cancel)
    {
        teams.Add(datastore.Id, itsTeams);
        await db.SaveChangesAsync(cancel);
        if (request.Tags is { } names && (await tags.ReplaceAsync(datastore.Id, names, cancel)).Failure is { } unknown) return unknown;
        return request.TriggerCatalog == true
            ? (await operations.EnqueueAsync(db, datastore.Id, SyncKind.Name, "{}", caller, cancel)).Failure
            : null;
    }

    private async Task<Outcome<Connection>> ConnectionAsync(CreateDatastoreRequest request, Caller caller, CancellationToken cancel)
    {
        if (request.Connection is { } fresh) return await connections.CreateAsync(db, fresh, caller, cancel);
        return await db.Set<Connection>().AsNoTracking().FirstOrDefaultAsync(c => c.Id == request.ConnectionId, cancel) is { } connection
            ? connection : Failure.NotFound("Connection", request.ConnectionId!);
    }

    private async Task<Outcome<GroupChoice>> GroupAsync(CreateDatastoreRequest request, CancellationToken cancel)
    {
        if (request.Group is { } fresh) return (await groups.AddAsync(fresh, cancel)).Try(out var made, out var taken) ? new GroupChoice(made.Id) : taken;
        if (request.GroupId is not { } id) return new GroupChoice(null);
        return await db.Set<DatastoreGroup>().AnyAsync(g => g.Id == id, cancel) ? new GroupChoice(id) : GroupDesk.NotFound(id);
    }

    private sealed record GroupChoice(long? Id);
}
