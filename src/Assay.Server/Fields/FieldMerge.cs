using Assay.Server.Containers;
using Assay.Server.Datastores;
using Assay.Server.Fields.Computed;
using Assay.Server.Identity;
using Assay.Server.Store;
using Assay.Server.Web.Responses;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Fields;

/// <summary>
/// Joins the two fields that a renamed column leaves behind: the one that went missing takes the new one's name and place, and
/// keeps its id, history, tags and checks.
/// </summary>
internal sealed class FieldMerge(AssayDb db, FieldHistory history, FieldChecks checks, ComputedFieldFate computed)
{
    /// <returns>Null where they are one; otherwise why they are not.</returns>
    public async Task<Failure?> RunAsync(long sourceId, long targetId, Caller caller, CancellationToken cancel)
    {
        if (sourceId == targetId) return Failure.Invalid(FieldError.InQuery("target_field_id", "A field cannot be merged with itself"));
        try
        {
            return (await db.InTransactionAsync<bool>(async () => await MergeAsync(sourceId, targetId, caller, cancel) is { } failure ? failure : true, cancel)).Failure;
        }
        catch (DbUpdateException problem) when (problem.IsUniqueViolation())
        {
            return Failure.Conflict($"Fields id: {sourceId} and id: {targetId} have quality checks that would be equal; archive one of them first");
        }
    }

    private async Task<Failure?> MergeAsync(long sourceId, long targetId, Caller caller, CancellationToken cancel)
    {
        if (await db.Set<Field>().AsNoTracking().FirstOrDefaultAsync(f => f.Id == sourceId, cancel) is not { } found) return Failure.NotFound("Field", sourceId);
        var datastore = await db.Set<Container>().Where(c => c.Id == found.ContainerId).Select(c => c.DatastoreId).SingleAsync(cancel);
        await db.LockDatastoreAsync(datastore, cancel); // no sync may look at the two meanwhile
        if (await db.Set<Field>().FirstOrDefaultAsync(f => f.Id == sourceId, cancel) is not { } source) return Failure.NotFound("Field", sourceId);
        if (await db.Set<Field>().AsNoTracking().FirstOrDefaultAsync(f => f.Id == targetId, cancel) is not { } target) return Failure.NotFound("Field", targetId);
        if (source.ContainerId != target.ContainerId) return Failure.Conflict($"Fields id: {sourceId} and id: {targetId} belong to different containers");
        if (source.Status != FieldStatus.Missing) return Failure.Conflict($"Field id: {sourceId} is {source.Status}; only a missing field can be merged into another");
        if (source.ComputedFieldId is not null || target.ComputedFieldId is not null) return Failure.Conflict("Computed fields cannot be merged; change how they are computed");
        if (target.Status == FieldStatus.Missing) return Failure.Conflict($"Field id: {targetId} is missing; a field can only be merged into one that is there");
        var before = FieldHistory.Of(source);
        await db.Set<FieldTag>().Where(t => t.FieldId == targetId).ExecuteDeleteAsync(cancel);
        await db.Set<Field>().Where(f => f.Id == targetId).ExecuteDeleteAsync(cancel);
        history.Deleted(targetId, caller);
        (source.Name, source.Ordinal, source.Status) = (target.Name, target.Ordinal, target.Status);
        (source.Type, source.ElementType, source.NativeType, source.Nullable) = (target.Type, target.ElementType, target.NativeType, target.Nullable);
        (source.ColumnSize, source.DecimalDigits, source.Remarks) = (target.ColumnSize, target.DecimalDigits, target.Remarks);
        history.Changed(before, source, null, caller);
        await checks.RenameAsync(source.ContainerId, before.Name, source.Name, caller, cancel);
        await computed.RenameAsync(source.ContainerId, before.Name, source.Name, cancel);
        await db.SaveChangesAsync(cancel);
        return null;
    }
}
