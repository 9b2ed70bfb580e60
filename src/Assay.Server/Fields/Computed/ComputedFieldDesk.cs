using System.Text.Json;
using Assay.Quality.Computed.Fields;
using Assay.Quality.Expressions;
using Assay.Server.Containers.Computed;
using Assay.Server.Datastores;
using Assay.Server.Identity;
using Assay.Server.Reading;
using Assay.Server.Store;
using Assay.Server.Teams;
using Assay.Server.Web;
using Assay.Server.Web.Responses;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Fields.Computed;

/// <summary>Makes, changes and deletes computed fields. Each is tried on the container's rows before it is stored.</summary>
internal sealed class ComputedFieldDesk(
    AssayDb db, DatastoreAccess access, ContainerReader reader, ComputedFieldTrial trial, FieldChecks checks, FieldHistory history, MaskedDescent masks, TimeProvider clock)
{
    public async Task<Outcome<ComputedFieldView>> CreateAsync(ComputedFieldRequest request, Caller caller, CancellationToken cancel)
    {
        var notFound = Failure.NotFound("Container", request.ContainerId);
        if (await access.DatastoreOfAsync(ResourceKind.Container, request.ContainerId, cancel) is not { } datastore) return notFound;
        if (await access.RefuseAsync(caller, datastore, TeamPermission.Editor, notFound, managersPass: false, cancel) is { } refusal) return refusal;
        if (await reader.FindAsync(request.ContainerId, cancel) is not { } stored) return notFound;
        var now = clock.UtcNow();
        var field = new ComputedField { ContainerId = request.ContainerId, Name = request.Name, Transformation = request.Transformation, Created = now };
        if (await ApplyAsync(stored, field, request, caller, cancel) is { } wrong) return wrong;
        db.Add(field);
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException problem) when (problem.IsUniqueViolation())
        {
            return Taken(request.Name);
        }
        return View(stored, field);
    }

    /// <summary>Changes a computed field; under another name its field and its checks follow.</summary>
    public async Task<Outcome<ComputedFieldView>> UpdateAsync(long id, ComputedFieldContent request, Caller caller, CancellationToken cancel)
    {
        if (await db.Set<ComputedField>().AsNoTracking().FirstOrDefaultAsync(f => f.Id == id, cancel) is not { } known || await reader.FindAsync(known.ContainerId, cancel) is not { } stored)
            return Failure.NotFound("Computed field", id);
        var old = known.Name;
        if (await ApplyAsync(stored, known, request, caller, cancel) is { } wrong) return wrong;
        try
        {
            return await db.InTransactionAsync<ComputedFieldView>(async () =>
            {
                await db.LockDatastoreAsync(stored.Datastore.Id, cancel);
                db.Update(known);
                if (await db.Set<Field>().FirstOrDefaultAsync(f => f.ComputedFieldId == id, cancel) is { } field)
                {
                    var before = FieldHistory.Of(field);
                    field.Name = known.Name;
                    field.Status = ComputedFieldStates.Next(field.Status, [.. known.Dependencies.Select(d => stored.Fields.FirstOrDefault(f => f.Name == d)?.Status ?? FieldStatus.Missing)]);
                    if (old != known.Name) await checks.RenameAsync(known.ContainerId, old, known.Name, caller, cancel);
                    history.Changed(before, field, null, caller);
                }
                await db.SaveChangesAsync(cancel);
                await masks.FollowAsync(known.ContainerId, caller, cancel);
                return View(stored, known);
            }, cancel);
        }
        catch (DbUpdateException problem) when (problem.IsUniqueViolation())
        {
            return Taken(known.Name);
        }
    }

    /// <summary>Deletes a computed field with its field. One that live checks are about stays; one that archived checks are about stays as missing.</summary>
    public async Task<Failure?> DeleteAsync(long id, Caller caller, CancellationToken cancel) => (await db.InTransactionAsync<bool>(async () =>
    {
        if (await db.Set<ComputedField>().AsNoTracking().FirstOrDefaultAsync(f => f.Id == id, cancel) is not { } computed) return Failure.NotFound("Computed field", id);
        var datastore = await access.DatastoreOfAsync(ResourceKind.Container, computed.ContainerId, cancel);
        await db.LockDatastoreAsync(datastore!.Value, cancel);
        if (await db.Set<Field>().FirstOrDefaultAsync(f => f.ComputedFieldId == id, cancel) is { } field)
        {
            if (await checks.AnyLiveAsync(field, cancel))
                return Failure.Conflict($"Computed field id: {id} is used by quality checks; archive them first");
            var before = FieldHistory.Of(field);
            if (await checks.AnyAsync(field, cancel))
            {
                (field.ComputedFieldId, field.Status) = (null, FieldStatus.Missing);
                history.Changed(before, field, null, caller);
            }
            else
            {
                await db.Set<FieldTag>().Where(t => t.FieldId == field.Id).ExecuteDeleteAsync(cancel);
                db.Remove(field);
                history.Deleted(field.Id, caller);
            }
            await db.SaveChangesAsync(cancel);
        }
        await db.Set<ComputedField>().Where(f => f.Id == id).ExecuteDeleteAsync(cancel);
        return true;
    }, cancel)).Failure;

    public static FieldError Error(FormulaFault fault) => new(
        ["body", .. fault.Member.Split('.').Select(part => int.TryParse(part, out var index) ? (object)index : part)], fault.Message, fault.Position is null ? "value_error" : "expression_error");

    /// <summary>Takes what a request says, having tried it; null where all is well.</summary>
    private async Task<Failure?> ApplyAsync(StoredContainer stored, ComputedField field, ComputedFieldContent request, Caller caller, CancellationToken cancel)
    {
        if (stored.Fields.Any(f => f.Name == request.Name && f.ComputedFieldId != (field.Id == 0 ? -1 : field.Id))
            || stored.Computed.Any(c => c.Name == request.Name && c.Id != field.Id)) return Taken(request.Name);
        if (!stored.OfSource.Any()) return Failure.Conflict($"The fields of container id: {field.ContainerId} are not known; run a sync first");
        var errors = new List<FieldError>();
        var sources = Sources(stored, request, errors);
        if (errors.Count > 0) return Failure.Invalid(errors);
        (field.Name, field.Transformation, field.SourceFields) = (request.Name, request.Transformation, ComputedField.Json(sources));
        field.Properties = request.Properties is { } properties ? JsonSerializer.Serialize(properties, Json.Options) : "{}";
        if (request.Sent(nameof(request.AdditionalMetadata))) field.AdditionalMetadata = request.AdditionalMetadata is { } metadata ? JsonSerializer.Serialize(metadata, Json.Options) : null;
        (field.Updated, field.LastEditorId) = (clock.UtcNow(), caller.Id);
        var declared = SparkExpression.Columns(stored.OfSource.Select(f => StoredContainer.Typed(f))).ToList();
        var written = FieldTransformation.Write(field.Formula, declared, new ExpressionSettings(clock.GetUtcNow()));
        if (written.Fault is { } fault) return Failure.Invalid(Error(fault));
        field.DependsOn = ComputedField.Json(written.Uses.Order(StringComparer.Ordinal));
        return await trial.RunAsync(stored, field, cancel);
    }

    private static List<string> Sources(StoredContainer stored, ComputedFieldContent request, List<FieldError> errors)
    {
        var names = new List<string>();
        foreach (var (wanted, index) in (request.SourceFields ?? []).Select((w, i) => (w, i)))
        {
            var field = stored.Fields.FirstOrDefault(f => wanted.Id is { } id ? f.Id == id : f.Name == wanted.Name);
            object[] loc = ["body", "source_fields", index];
            if (field is null) errors.Add(new FieldError(loc, $"The container has no field {(wanted.Name is { } name ? $"'{name}'" : $"id: {wanted.Id}")}", "unknown_field"));
            else if (field.ComputedFieldId is not null) errors.Add(new FieldError(loc, $"Field '{field.Name}' is computed itself; computed fields are computed from the container's own", "value_error"));
            else if (field.Status is FieldStatus.Missing or FieldStatus.Excluded) errors.Add(new FieldError(loc, $"Field '{field.Name}' is {field.Status}", "value_error"));
            else names.Add(field.Name);
        }
        return names;
    }

    private static ComputedFieldView View(StoredContainer stored, ComputedField field) =>
        ComputedFieldView.Of(field, stored.Fields.DistinctBy(f => f.Name).ToDictionary(f => f.Name, f => f.Id, StringComparer.Ordinal));

    private static Failure Taken(string name) => Failure.Conflict($"The container already has a field '{name}'");
}
