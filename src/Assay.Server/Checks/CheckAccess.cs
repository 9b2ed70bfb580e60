using Assay.Server.Containers;
using Assay.Server.Identity;
using Assay.Server.Store;
using Assay.Server.Teams;
using Assay.Server.Users;
using Assay.Server.Web.Responses;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Checks;

/// <summary>
/// Who may do what with which check. Checks follow the team permission on their datastore; templates belong to nobody's datastore, so
/// every member reads them and managers write them. One id may be either, which is why handlers ask here.
/// </summary>
internal sealed class CheckAccess(AssayDb db, DatastoreAccess access)
{
    /// <returns>Null for a caller who may.</returns>
    public async Task<Failure?> RefuseAsync(long id, Caller caller, TeamPermission needed, CancellationToken cancel)
    {
        var notFound = NotFound(id);
        var found = await db.Set<QualityCheck>().Where(c => c.Id == id)
            .Select(c => new { c.IsTemplate, Datastore = db.Set<Container>().Where(x => x.Id == c.ContainerId).Select(x => (long?)x.DatastoreId).FirstOrDefault() })
            .FirstOrDefaultAsync(cancel);
        if (found is null) return notFound;
        if (found.IsTemplate) return needed <= TeamPermission.Reporter || caller.Is(Role.Manager) ? null : Failure.Forbidden($"You must have the {Role.Manager} role");
        return found.Datastore is { } datastore ? await access.RefuseAsync(caller, datastore, needed, notFound, managersPass: false, cancel) : notFound;
    }

    /// <summary>The same for several; the first refusal counts.</summary>
    public async Task<Failure?> RefuseAsync(IEnumerable<long> ids, Caller caller, TeamPermission needed, CancellationToken cancel)
    {
        foreach (var id in ids.Distinct())
            if (await RefuseAsync(id, caller, needed, cancel) is { } refusal) return refusal;
        return null;
    }

    /// <summary>For a container that a body names.</summary>
    public async Task<Failure?> RefuseContainerAsync(long containerId, Caller caller, TeamPermission needed, CancellationToken cancel)
    {
        var notFound = Failure.NotFound("Container", containerId);
        return await access.DatastoreOfAsync(ResourceKind.Container, containerId, cancel) is { } datastore
            ? await access.RefuseAsync(caller, datastore, needed, notFound, managersPass: false, cancel) : notFound;
    }

    /// <summary>Drafters make drafts, authors what scans assert.</summary>
    public static TeamPermission ToSave(string? status) => status == CheckStatus.Draft ? TeamPermission.Drafter : TeamPermission.Author;

    public static Failure NotFound(long id) => Failure.NotFound("Quality check", id);
}
