using Assay.Server.Containers;
using Assay.Server.Identity;
using Assay.Server.Operations.Materialize;
using Assay.Server.Operations.Profile;
using Assay.Server.Operations.Sync;
using Assay.Server.Profiles;
using Assay.Server.Store;
using Assay.Server.Web.Requests;
using Assay.Server.Web.Responses;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Operations;

/// <summary>The containers that an operation is about, with what it found of each.</summary>
internal sealed class OperationContainers(AssayDb db, ContainerReads reads)
{
    /// <returns>Null where there is no such operation.</returns>
    public async Task<PageOf<ContainerView>?> PageAsync(long id, Paging paging, Caller caller, CancellationToken cancel)
    {
        if (await db.Set<Operation>().AsNoTracking().FirstOrDefaultAsync(o => o.Id == id, cancel) is not { } operation) return null;
        var page = await reads.PageAsync(Of(operation), paging, caller, cancel);
        var ids = page.Items.Select(c => c.Id).ToArray();
        var profiles = (await ContainerProfileReads.ViewsAsync(db, db.Set<ContainerProfile>().Where(p => p.OperationId == id && p.ParentProfileId == null && ids.Contains(p.ContainerId)), cancel))
            .GroupBy(p => p.Container.Id).ToDictionary(g => g.Key, g => g.MaxBy(p => p.Id)); // of earlier versions a resumed operation may have several
        return page.With([.. page.Items.Select(c => c with { ContainerProfile = profiles.GetValueOrDefault(c.Id) })]);
    }

    private IQueryable<Container> Of(Operation operation)
    {
        var all = db.Set<Container>().Where(c => c.DatastoreId == operation.DatastoreId);
        if (operation.Type == ProfileKind.Name)
            return all.Where(c => db.Set<ContainerProfile>().Any(p => p.OperationId == operation.Id && p.ContainerId == c.Id));
        if (operation.Type == MaterializeKind.Name) return all.Where(c => db.Set<ContainerCopy>().Any(x => x.OperationId == operation.Id && x.ContainerId == c.Id));
        if (operation.Type != SyncKind.Name) return all.Where(c => c.DeletedAt == null);
        var include = SyncSettings.Parse(operation.Settings).Include;
        var (tables, views) = (include.Contains(SyncSettings.Table), include.Contains(SyncSettings.View));
        return all.Where(c => c.DeletedAt == null && (c.ContainerType != "table" || (c.TableType == "view" || c.TableType == "materialized_view" ? views : tables)));
    }
}
