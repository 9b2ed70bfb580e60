using Assay.Server.Identity;
using Assay.Server.Teams;
using Assay.Server.Web.Responses;

namespace Assay.Server.Fields;

/// <summary>Decides about the fields that a body or query names: Editor on the datastore of each.</summary>
internal sealed class FieldAccess(DatastoreAccess access)
{
    public async Task<Failure?> RefuseEditAsync(IEnumerable<long> ids, Caller caller, CancellationToken cancel)
    {
        foreach (var id in ids.Distinct())
        {
            var notFound = Failure.NotFound("Field", id);
            if (await access.DatastoreOfAsync(ResourceKind.Field, id, cancel) is not { } datastore) return notFound;
            if (await access.RefuseAsync(caller, datastore, TeamPermission.Editor, notFound, managersPass: false, cancel) is { } refusal) return refusal;
        }
        return null;
    }
}
