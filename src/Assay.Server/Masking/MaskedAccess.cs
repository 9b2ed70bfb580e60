using Assay.Server.Containers;
using Assay.Server.Containers.Computed;
using Assay.Server.Identity;
using Assay.Server.Profiles;
using Assay.Server.Store;
using Assay.Server.Teams;
using Assay.Server.Web.Responses;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Masking;

/// <summary>Who may be shown masked values: Editors of the datastore, for computed containers also of those that they are computed from.</summary>
internal sealed class MaskedAccess(DatastoreAccess access, IDbContextFactory<AssayDb> contexts)
{
    /// <param name="kind">A container or a field's profile.</param>
    /// <returns>Null for a caller who may, or who does not ask for it.</returns>
    public async Task<Failure?> RefuseAsync(bool wanted, ResourceKind kind, string entity, long id, Caller caller, CancellationToken cancel)
    {
        if (!wanted) return null;
        var notFound = Failure.NotFound(entity, id);
        if (await access.DatastoreOfAsync(kind, id, cancel) is not { } datastore) return notFound;
        if (await access.RefuseAsync(caller, datastore, TeamPermission.Editor, notFound, managersPass: false, cancel) is { } refusal) return refusal;
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var container = kind == ResourceKind.FieldProfile ? await db.Set<FieldProfileRow>().Where(p => p.Id == id).Select(p => p.ContainerId).FirstOrDefaultAsync(cancel) : id;
        return await RefuseAsync(container, caller, cancel);
    }

    /// <summary>The same for the containers that a computed one reads; null for others.</summary>
    public async Task<Failure?> RefuseAsync(long containerId, Caller caller, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        if (await db.Set<Container>().Where(c => c.Id == containerId).Select(c => c.Definition).FirstOrDefaultAsync(cancel) is not { } definition) return null;
        var inputs = ComputedDefinition.Parse(definition).Inputs.ToArray();
        foreach (var datastore in await db.Set<Container>().Where(c => inputs.Contains(c.Id)).Select(c => c.DatastoreId).Distinct().ToListAsync(cancel))
            if (await access.RefuseAsync(caller, datastore, TeamPermission.Editor, Failure.NotFound("Datastore", datastore), managersPass: false, cancel) is { } refusal) return refusal;
        return null;
    }
}
