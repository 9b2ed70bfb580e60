using Assay.Server.Checks;
using Assay.Server.Containers;
using Assay.Server.Identity;
using Assay.Server.Store;
using Assay.Server.Teams;
using Assay.Server.Web.Responses;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Operations.Promote;

/// <summary>Refuses a promotion that could not be meant, or that the caller may not bring to its destination.</summary>
internal sealed class PromotionChecks(AssayDb db, CheckAccess access)
{
    /// <returns>Null where it may begin.</returns>
    public async Task<Failure?> RefuseAsync(RunRequest wanted, Caller caller, CancellationToken cancel)
    {
        if (wanted.ContainerId is not { } source) return Wrong("container_id", "Field required", "missing");
        if (wanted.DestinationContainerId is not { } destination) return Wrong("destination_container_id", "Field required", "missing");
        if (source == destination) return Wrong("destination_container_id", "Input should be another container than container_id");
        if (wanted.CheckIds is not null && wanted.CheckTags is not null) return Wrong("check_tags", "Only one of check_ids and check_tags can be given");
        if (!await db.Set<Container>().AnyAsync(c => c.Id == source && c.DatastoreId == wanted.DatastoreId && c.DeletedAt == null, cancel))
            return Wrong("container_id", $"The datastore has no container id: {source}");
        if (await access.RefuseContainerAsync(destination, caller, Needed(wanted.AsDraft ?? true), cancel) is { } refusal) return refusal;
        var known = wanted.CheckIds is not { } ids ? [] : await db.Set<QualityCheck>().Where(c => ids.Contains(c.Id) && c.ContainerId == source && c.DeletedAt == null).Select(c => c.Id).ToListAsync(cancel);
        foreach (var (id, index) in (wanted.CheckIds ?? []).Select((id, index) => (id, index)))
            if (!known.Contains(id)) return Failure.Invalid(new FieldError(["body", "check_ids", index], $"The container has no live quality check id: {id}", "value_error"));
        return null;
    }

    /// <summary>What the caller needs on the destination's datastore.</summary>
    public static TeamPermission Needed(bool asDraft) => asDraft ? TeamPermission.Drafter : TeamPermission.Author;

    private static Failure Wrong(string member, string msg, string type = "value_error") => Failure.Invalid(FieldError.InBody(member, msg, type));
}
