using System.Text.Json;
using Assay.Server.Containers.Computed;
using Assay.Server.Datastores;
using Assay.Server.Fields;
using Assay.Server.Fields.Computed;
using Assay.Server.Identity;
using Assay.Server.Store;
using Assay.Server.Tags;
using Assay.Server.Web;
using Assay.Server.Web.Responses;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Assay.Server.Containers;

/// <summary>Changes the settings of containers.</summary>
internal sealed class ContainerEdit(AssayDb db, TagChoice tags, MaskedDescent masks, TimeProvider clock)
{
    /// <returns>Null where all is stored; otherwise why nothing is.</returns>
    public async Task<Failure?> UpdateAsync(long id, ContainerRequest request, Caller caller, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await db.LockDatastoresOfAsync([id], cancel);
        if (await db.Set<Container>().FirstOrDefaultAsync(c => c.Id == id, cancel) is not { } container) return Failure.NotFound("Container", id);
        if (container.DeletedAt is not null) return Failure.Conflict($"Container id: {id} is deleted; a sync with recreate brings it back");
        if (request.ContainerType != container.ContainerType && !(request.ContainerType == "view" && container.ContainerType == "table"))
            return Failure.Invalid(FieldError.InBody("container_type", $"Input should be '{container.ContainerType}', the kind of this container"));
        var fields = await db.Set<Field>().Where(f => f.ContainerId == id).OrderBy(f => f.Ordinal).ToListAsync(cancel);
        var excluded = fields.FindAll(f => f.Status == FieldStatus.Excluded);
        var errors = IdentifierEdit.Apply(container, fields, request).Concat(FileSettingsEdit.Apply(container, fields, request)).Concat(FieldLists.Apply(container, fields, request)).ToList();
        if (errors.Count > 0) return Failure.Invalid(errors);
        if (request.Sent(nameof(request.Description))) container.Description = request.Description;
        container.InferDatatypes = request.InferDatatypes ?? false;
        container.TreatEmptyAsNull = request.TreatEmptyAsNull ?? true;
        Track(container, request.VolumetricTrackingEnabled, request.FreshnessTrackingEnabled);
        if (request.AdditionalMetadata is { } metadata) container.AdditionalMetadata = JsonSerializer.Serialize(metadata, Json.Options);
        container.Updated = clock.UtcNow();
        if (request.Tags is { } wanted && await ReplaceTagsAsync(id, wanted, cancel) is { } failure) return failure;
        await db.SaveChangesAsync(cancel);
        if (container.Definition is not null && excluded.Exists(f => f.Status == FieldStatus.Active)) await masks.ApplyAsync(container, caller, cancel);
        await ComputedFieldStates.ApplyAsync(db.Database.GetDbConnection(), transaction.GetDbTransaction(), container.DatastoreId, cancel);
        await transaction.CommitAsync(cancel);
        return null;
    }

    /// <summary>All of the changes or none.</summary>
    public async Task<Failure?> UpdateAsync(IReadOnlyList<ContainerChange> changes, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await db.LockDatastoresOfAsync([.. changes.Select(c => c.Id)], cancel);
        foreach (var change in changes)
        {
            if (await db.Set<Container>().FirstOrDefaultAsync(c => c.Id == change.Id, cancel) is not { } container) return Failure.NotFound("Container", change.Id);
            Track(container, change.VolumetricTrackingEnabled, change.FreshnessTrackingEnabled);
            container.Updated = clock.UtcNow();
            if (change.Tags is { } wanted && await ReplaceTagsAsync(change.Id, wanted, cancel) is { } failure) return failure;
            await db.SaveChangesAsync(cancel);
        }
        await transaction.CommitAsync(cancel);
        return null;
    }

    private static void Track(Container container, bool? volume, bool? freshness)
    {
        container.VolumetricTrackingEnabled = volume ?? container.VolumetricTrackingEnabled;
        container.FreshnessTrackingEnabled = freshness ?? container.FreshnessTrackingEnabled;
    }

    private async Task<Failure?> ReplaceTagsAsync(long id, IReadOnlyList<Web.Requests.NameOrId> wanted, CancellationToken cancel)
    {
        if (!(await tags.IdsAsync(wanted, cancel)).Try(out var ids, out var failure)) return failure;
        var present = await db.Set<ContainerTag>().Where(t => t.ContainerId == id).ToListAsync(cancel);
        db.RemoveRange(present.Where(p => !ids.Contains(p.TagId)));
        db.AddRange(ids.Except(present.Select(p => p.TagId)).Select(tag => new ContainerTag { ContainerId = id, TagId = tag }));
        return null;
    }
}
