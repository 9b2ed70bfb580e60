using Assay.Server.Datastores;
using Assay.Server.Identity;
using Assay.Server.Operations.Sync;
using Assay.Server.Store;
using Assay.Server.Web.Responses;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Operations;

/// <summary>Operations as seen from a datastore: the latest ones, and what is worth doing next.</summary>
internal static class DatastoreOperationsApi
{
    public static void MapDatastoreOperations(this IEndpointRouteBuilder api)
    {
        var datastore = api.MapGroup("/datastores/{id}").WithTags("Operations");
        datastore.MapGet("/operations", Latest).Needs(Permissions.ReadDatastore).WithSummary("The latest operation of each kind on a datastore");
        datastore.MapGet("/actions", Actions).Needs(Permissions.ReadDatastore).WithSummary("What is worth doing next with a datastore");
    }

    private static async Task<Results<Ok<LatestOperations>, Failure>> Latest(
        long id, Caller caller, AssayDb db, OperationList list, CancellationToken cancel)
    {
        if (!await ExistsAsync(db, id, cancel)) return Failure.NotFound("Datastore", id);
        var rows = db.Set<Operation>().AsNoTracking().Where(o => o.DatastoreId == id).OrderByDescending(o => o.Id);
        async Task<OperationView?> First(IQueryable<Operation> wanted) =>
            await wanted.FirstOrDefaultAsync(cancel) is { } operation ? (await list.ViewsAsync([operation], caller, cancel)).FirstOrDefault() : null;
        return TypedResults.Ok(new LatestOperations(
            await First(rows), await First(rows.Where(o => o.Type == SyncKind.Name)), await First(rows.Where(o => o.Type == "profile")), await First(rows.Where(o => o.Type == "scan"))));
    }

    private static async Task<Results<Ok<NextActions>, Failure>> Actions(long id, AssayDb db, CancellationToken cancel)
    {
        if (await db.Set<Datastore>().AsNoTracking().FirstOrDefaultAsync(d => d.Id == id && d.Deleted == null, cancel) is not { } datastore)
            return Failure.NotFound("Datastore", id);
        var done = await db.Set<Operation>().Where(o => o.DatastoreId == id && o.Result == OperationResult.Success)
            .Select(o => o.Type).Distinct().ToListAsync(cancel);
        var synced = done.Contains(SyncKind.Name);
        var profiled = done.Contains("profile");
        return TypedResults.Ok(new NextActions(synced, !synced, synced && datastore.Containers > 0 && !profiled, profiled && !done.Contains("scan")));
    }

    private static Task<bool> ExistsAsync(AssayDb db, long id, CancellationToken cancel) =>
        db.Set<Datastore>().AnyAsync(d => d.Id == id && d.Deleted == null, cancel);
}

/// <summary>The latest operations on a datastore, each null where there was none.</summary>
/// <param name="CatalogOperation">The latest sync, under its old name.</param>
internal sealed record LatestOperations(
    OperationView? LatestOperation, OperationView? CatalogOperation, OperationView? ProfileOperation, OperationView? ScanOperation);

/// <param name="Initialized">A sync has succeeded.</param>
/// <param name="ShouldCatalog">A sync is due.</param>
/// <param name="ShouldProfile">There are containers and none has been profiled.</param>
/// <param name="ShouldScan">There are profiles and no scan yet.</param>
internal sealed record NextActions(bool Initialized, bool ShouldCatalog, bool ShouldProfile, bool ShouldScan);
