using System.Text.Json;
using Assay.Server.Checks;
using Assay.Server.Containers;
using Assay.Server.Containers.Computed;
using Assay.Server.Datastores;
using Assay.Server.Fields.Computed;
using Assay.Server.History;
using Assay.Server.Identity;
using Assay.Server.Store;
using Assay.Server.Tags;
using Assay.Server.Web;
using Assay.Server.Web.Requests;
using Assay.Server.Web.Responses;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Fields;

/// <summary>Changes what users say of fields: description, state, tags, metadata. All of the changes of a call or none.</summary>
internal sealed class FieldEdit(AssayDb db, TagChoice tags, FieldHistory history, FieldChecks checks, ComputedFieldFate computed, MaskedDescent masks)
{
    private const string PartitionChosen = "partition_field,";

    public Task<Failure?> UpdateAsync(long id, FieldRequest request, Caller caller, CancellationToken cancel) =>
        EachAsync([id], field => ApplyAsync(field, request, caller, cancel), caller, cancel);

    public Task<Failure?> UpdateAsync(IReadOnlyList<FieldChange> changes, Caller caller, CancellationToken cancel)
    {
        var last = changes.GroupBy(c => c.Id).ToDictionary(g => g.Key, g => g.Last());
        return EachAsync(last.Keys, field => ApplyAsync(field, last[field.Id], caller, cancel), caller, cancel);
    }

    /// <summary>Brings excluded fields back; others stay as they are. Their archived checks stay archived.</summary>
    public Task<Failure?> RestoreAsync(IReadOnlyCollection<long> ids, Caller caller, CancellationToken cancel) => EachAsync(ids, async field =>
    {
        var before = FieldHistory.Of(field);
        if (field.Status == FieldStatus.Missing) return Failure.Conflict($"Field id: {field.Id} is missing; only a sync can bring it back");
        if (field.Status == FieldStatus.Excluded)
        {
            if (await computed.RefuseAsync(field, FieldStatus.Active, cancel) is { } refused) return refused;
            field.Status = await masks.HasAsync(field, cancel) ? FieldStatus.Masked : FieldStatus.Active;
        }
        history.Changed(before, field, null, caller);
        return null;
    }, caller, cancel);

    /// <summary>Excludes fields, or deletes missing ones for good.</summary>
    public Task<Failure?> RemoveAsync(IReadOnlyList<FieldRemovalRequest> wanted, Caller caller, CancellationToken cancel)
    {
        var last = wanted.GroupBy(w => w.Id).ToDictionary(g => g.Key, g => g.Last().Archive);
        return EachAsync(last.Keys, field => last[field.Id]
            ? ApplyAsync(field, new FieldContent { Status = FieldStatus.Excluded }, caller, cancel) : DeleteAsync(field, caller, cancel), caller, cancel);
    }

    private async Task<Failure?> EachAsync(IEnumerable<long> ids, Func<Field, Task<Failure?>> change, Caller caller, CancellationToken cancel) => (await db.InTransactionAsync<bool>(async () =>
    {
        var wanted = ids.Distinct().Order().ToArray();
        var datastores = await db.Set<Field>().Where(f => EF.Parameter(wanted).Contains(f.Id))
            .Join(db.Set<Container>(), f => f.ContainerId, c => c.Id, (f, c) => c.DatastoreId).Distinct().ToListAsync(cancel);
        await db.LockDatastoresAsync(datastores, cancel);
        foreach (var id in wanted)
        {
            if (await db.Set<Field>().FirstOrDefaultAsync(f => f.Id == id, cancel) is not { } field) return Failure.NotFound("Field", id);
            var before = field.Status;
            if (await change(field) is { } failure) return failure;
            await db.SaveChangesAsync(cancel);
            if (field.Status == FieldStatus.Masked && before != FieldStatus.Masked) await masks.FollowAsync(field.ContainerId, caller, cancel);
        }
        foreach (var datastore in datastores) await db.CountChecksAsync(datastore, cancel);
        return true;
    }, cancel)).Failure;

    private async Task<Failure?> ApplyAsync(Field field, FieldContent change, Caller caller, CancellationToken cancel)
    {
        var (before, more) = (FieldHistory.Of(field), new Changeset());
        if (change is FieldRequest request)
        {
            if (request.Name is { } name && name != field.Name)
                return Failure.Invalid(FieldError.InBody("name", "Fields keep the name that their source gives them"));
            if (request.Sent(nameof(request.Description))) field.Description = request.Description;
            if (request.AdditionalMetadata is { } metadata) field.AdditionalMetadata = JsonSerializer.Serialize(metadata, Json.Options);
        }
        if (change.Status is { } status && status != field.Status)
        {
            if (field.Status == FieldStatus.Missing || status == FieldStatus.Missing)
                return Failure.Conflict($"Field id: {field.Id} is {field.Status}; only a sync can make it {status}");
            if (status == FieldStatus.Masked && await IsIdentifierAsync(field, cancel))
                return Failure.Conflict($"Field id: {field.Id} is the container's incremental, partition or group-by field, which cannot be masked");
            if ((await computed.RefuseAsync(field, status, cancel) ?? await masks.RefuseAsync(field, status, cancel)) is { } refused) return refused;
            if (status == FieldStatus.Masked) await GiveWayAsync(field, cancel);
            field.Status = status;
            if (status == FieldStatus.Excluded) await checks.ArchiveAsync(field, caller, cancel);
            await computed.FollowAsync(field, caller, cancel);
        }
        if (change.Tags is { } wanted && await ReplaceTagsAsync(field, wanted, more, cancel) is { } failure) return failure;
        history.Changed(before, field, more, caller);
        return null;
    }

    private async Task<Failure?> DeleteAsync(Field field, Caller caller, CancellationToken cancel)
    {
        if (field.Status != FieldStatus.Missing) return Failure.Conflict($"Field id: {field.Id} is {field.Status}; only missing fields can be deleted for good");
        if (await checks.AnyAsync(field, cancel)) return Failure.Conflict($"Field id: {field.Id} is used by quality checks and stays with them");
        await db.Set<FieldTag>().Where(t => t.FieldId == field.Id).ExecuteDeleteAsync(cancel);
        // Or the next profile would make it again.
        if (field.ComputedFieldId is { } formula) await db.Set<ComputedField>().Where(f => f.Id == formula).ExecuteDeleteAsync(cancel);
        db.Remove(field);
        history.Deleted(field.Id, caller);
        return null;
    }

    private async Task<Failure?> ReplaceTagsAsync(Field field, IReadOnlyList<NameOrId> wanted, Changeset changes, CancellationToken cancel)
    {
        if (!(await tags.IdsAsync(wanted, cancel)).Try(out var ids, out var failure)) return failure;
        var present = await db.Set<FieldTag>().Where(t => t.FieldId == field.Id).ToListAsync(cancel);
        var (left, joined) = (present.Where(p => !ids.Contains(p.TagId)).ToList(), ids.Except(present.Select(p => p.TagId)).ToList());
        db.RemoveRange(left);
        db.AddRange(joined.Select(tag => new FieldTag { FieldId = field.Id, TagId = tag, ContainerId = field.ContainerId }));
        changes.AddList("tags", [.. left.Select(t => t.TagId)], joined);
        return null;
    }

    /// <summary>A partition field that nobody chose gives way to the wish to mask it.</summary>
    private Task GiveWayAsync(Field field, CancellationToken cancel) =>
        db.Set<Container>().Where(c => c.Id == field.ContainerId && c.PartitionField == field.Name && !c.UserSettings.Contains(PartitionChosen))
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.PartitionField, (string?)null), cancel);

    private async Task<bool> IsIdentifierAsync(Field field, CancellationToken cancel)
    {
        var container = await db.Set<Container>().AsNoTracking().SingleAsync(c => c.Id == field.ContainerId, cancel);
        return field.Name == container.IncrementalFieldName
            || (field.Name == container.PartitionField && container.UserSettings.Contains(PartitionChosen, StringComparison.Ordinal))
            || (container.GroupByFields is { } groups && JsonSerializer.Deserialize<List<List<string>>>(groups)!.Any(g => g.Contains(field.Name)));
    }
}
