using Assay.Server.Identity;
using Assay.Server.Teams;
using Assay.Server.Web.Responses;

namespace Assay.Server.Masking;

/// <summary>Who may be shown masked values: Editors of the datastore.</summary>
internal sealed class MaskedAccess(DatastoreAccess access)
{
    /// <returns>Null for a caller who may, or who does not ask for it.</returns>
    public async Task<Failure?> RefuseAsync(bool wanted, ResourceKind kind, string entity, long id, Caller caller, CancellationToken cancel)
    {
        if (!wanted) return null;
        var notFound = Failure.NotFound(entity, id);
        return await access.DatastoreOfAsync(kind, id, cancel) is { } datastore
            ? await access.RefuseAsync(caller, datastore, TeamPermission.Editor, notFound, managersPass: false, cancel) : notFound;
    }
}
