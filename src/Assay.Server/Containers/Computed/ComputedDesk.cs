using System.Text.Json;
using Assay.Quality;
using Assay.Server.Checks;
using Assay.Server.Datastores;
using Assay.Server.Fields;
using Assay.Server.Identity;
using Assay.Server.Operations;
using Assay.Server.Operations.Profile;
using Assay.Server.Operations.Sync;
using Assay.Server.Store;
using Assay.Server.Teams;
using Assay.Server.Web;
using Assay.Server.Web.Responses;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Containers.Computed;

/// <summary>Makes, tries and changes computed containers. Each is tried before it is stored, and profiled afterwards.</summary>
internal sealed class ComputedDesk(AssayDb db, DatastoreAccess access, ComputedTrial trial, ComputedLineage lineage, ComputedColumns columns, MaskedDescent masks, OperationDesk operations, TimeProvider clock)
{
    /// <summary>Rows of the first profile.</summary>
    private const int FirstRows = 1_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <returns>Null where it could be made.</returns>
    public async Task<Failure?> ValidateAsync(ComputedRequest request, int seconds, Caller caller, CancellationToken cancel) =>
        (await PrepareAsync(request, TimeSpan.FromSeconds(seconds), caller, cancel)).Failure;

    public async Task<Outcome<Container>> CreateAsync(ComputedRequest request, Caller caller, CancellationToken cancel)
    {
        if (!(await PrepareAsync(request, Patience, caller, cancel)).Try(out var draft, out var failure)) return failure;
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        if (await db.LockDatastoreAsync(draft.Datastore.Id, cancel) is null) return Failure.NotFound("Datastore", draft.Datastore.Id);
        var now = clock.UtcNow();
        var container = new Container
        {
            DatastoreId = draft.Datastore.Id,
            Name = request.Name!,
            ContainerType = request.ContainerType,
            Definition = draft.Definition.ToJson(),
            VolumetricTrackingEnabled = true,
            AdditionalMetadata = request.AdditionalMetadata is { } metadata ? JsonSerializer.Serialize(metadata, Json.Options) : null,
            Created = now,
            Updated = now,
        };
        db.Add(container);
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException problem) when (problem.IsUniqueViolation())
        {
            return Taken(request.Name!);
        }
        await columns.SetAsync(container.Id, draft.Fields, MaskedColumns.None, cancel);
        await masks.ApplyAsync(container, caller, cancel);
        if ((await FinishAsync(container, caller, cancel)).Failure is { } refused) return refused;
        await transaction.CommitAsync(cancel);
        return container;
    }

    /// <summary>Changes what a computed container is computed from, and its name. Another definition is tried, and profiled afterwards.</summary>
    public async Task<Failure?> UpdateAsync(Container container, ContainerRequest request, Caller caller, CancellationToken cancel)
    {
        var errors = new List<FieldError>();
        var old = ComputedDefinition.Parse(container.Definition!);
        var next = old.With(container.ContainerType, request, errors);
        if (errors.Count > 0) return Failure.Invalid(errors);
        var datastore = await db.Set<Datastore>().AsNoTracking().SingleAsync(d => d.Id == container.DatastoreId, cancel);
        IReadOnlyList<ContainerField>? fields = null;
        if (next.ToJson() != old.ToJson())
        {
            if (await RefuseInputsAsync(container.ContainerType, next, datastore, caller, cancel) is { } refusal) return refusal;
            if (!(await trial.RunAsync(datastore, next, Patience, cancel)).Try(out var found, out var failure)) return failure;
            fields = found.Fields;
            if (request.ForceDropFields != true && await LostAsync(container.Id, fields, cancel) is { Count: > 0 } lost)
                return Failure.Conflict($"These fields would be lost, and quality checks use them: {string.Join(", ", lost)}. Send force_drop_fields to lose them.");
        }
        if (fields is null && (request.Name is null || request.Name == container.Name)) return null;
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await db.LockDatastoreAsync(container.DatastoreId, cancel);
        var row = await db.Set<Container>().SingleAsync(c => c.Id == container.Id, cancel);
        (row.Name, row.Definition, row.Updated) = (request.Name ?? row.Name, next.ToJson(), clock.UtcNow());
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException problem) when (problem.IsUniqueViolation())
        {
            return Taken(request.Name!);
        }
        if (fields is not null)
        {
            await columns.SetAsync(row.Id, fields, MaskedColumns.None, cancel);
            await masks.ApplyAsync(row, caller, cancel);
            if ((await FinishAsync(row, caller, cancel)).Failure is { } refused) return refused;
        }
        await transaction.CommitAsync(cancel);
        return null;
    }

    private async Task<Outcome<Draft>> PrepareAsync(ComputedRequest request, TimeSpan patience, Caller caller, CancellationToken cancel)
    {
        var errors = new List<FieldError>();
        var definition = new ComputedDefinition().With(request.ContainerType, request, errors);
        if (string.IsNullOrWhiteSpace(request.Name)) errors.Add(FieldError.InBody("name", "Field required", "missing"));
        if (request.ContainerType != ComputedDefinition.Join && request.DatastoreId is null) errors.Add(FieldError.InBody("datastore_id", "Field required", "missing"));
        if (errors.Count > 0) return Failure.Invalid(errors);
        var first = request.ContainerType == ComputedDefinition.Join && (definition.Sources is null || request.DatastoreId is null) ? definition.Inputs.First() : (long?)null;
        var id = first is null ? request.DatastoreId : await db.Set<Container>().Where(c => c.Id == first).Select(c => (long?)c.DatastoreId).FirstOrDefaultAsync(cancel);
        if (id is null) return Failure.NotFound("Container", first!.Value);
        var notFound = Failure.NotFound("Datastore", id.Value);
        if (await access.RefuseAsync(caller, id.Value, TeamPermission.Editor, notFound, managersPass: false, cancel) is { } refusal) return refusal;
        if (await db.Set<Datastore>().AsNoTracking().FirstOrDefaultAsync(d => d.Id == id && d.Deleted == null, cancel) is not { } datastore) return notFound;
        if (await RefuseInputsAsync(request.ContainerType, definition, datastore, caller, cancel) is { } unfit) return unfit;
        if (await db.Set<Container>().AnyAsync(c => c.DatastoreId == id && c.Name == request.Name, cancel)) return Taken(request.Name!);
        return (await trial.RunAsync(datastore, definition, patience, cancel)).Try(out var found, out var failure) ? new Draft(datastore, definition, found.Fields) : failure;
    }

    /// <summary>Inputs have to be there, visible to the caller, and of a kind that this one is computed from.</summary>
    private async Task<Failure?> RefuseInputsAsync(string type, ComputedDefinition definition, Datastore datastore, Caller caller, CancellationToken cancel)
    {
        foreach (var (input, index) in definition.Inputs.Select((input, i) => (input, i)))
        {
            var missing = Failure.NotFound("Container", input);
            if (await db.Set<Container>().AsNoTracking().FirstOrDefaultAsync(c => c.Id == input && c.DeletedAt == null, cancel) is not { } container) return missing;
            if (await access.RefuseAsync(caller, container.DatastoreId, TeamPermission.Reporter, missing, managersPass: false, cancel) is { } refusal) return refusal;
            if (container.ContainerType is ComputedDefinition.File or ComputedDefinition.Join)
                return Failure.Invalid(new FieldError(Member(input, index), "A container that is itself computed by the engine cannot be an input", "value_error"));
            if (definition.Sources?[index] is { DatastoreId: { } said } && said != container.DatastoreId)
                return Failure.Invalid(new FieldError(["body", "sources", index, "datastore_id"], $"Container id: {input} belongs to datastore id: {container.DatastoreId}", "value_error"));
            if (type == ComputedDefinition.File && (container.DatastoreId != datastore.Id || container.ContainerType != "file"))
                return Failure.Invalid(FieldError.InBody("source_container_id", "Input should be a container of files of the same datastore"));
        }
        foreach (var (member, input, name) in new[] { ("left_join_field_name", definition.LeftContainerId, definition.LeftJoinFieldName), ("right_join_field_name", definition.RightContainerId, definition.RightJoinFieldName) })
            if (input is not null && !await db.Set<Field>().AnyAsync(f => f.ContainerId == input && f.Name == name, cancel))
                return Failure.Invalid(FieldError.InBody(member, $"The container has no field '{name}'"));
        var hidden = await lineage.OfAsync(definition, datastore.Id, cancel);
        if (hidden.Tested is { } tested) return Failure.Invalid(FieldError.InBody(definition.Query is null ? "where_clause" : "query", $"'{tested}' is masked: which rows there are would tell its values"));
        return hidden.Grouped is { } grouped ? Failure.Invalid(FieldError.InBody("group_by_clause", $"'{grouped}' is masked: groups by what is computed from it would tell its values")) : null;

        object[] Member(long input, int index) => definition.Sources is not null ? ["body", "sources", index, "container_id"]
            : ["body", input == definition.SourceContainerId ? "source_container_id" : input == definition.LeftContainerId ? "left_container_id" : "right_container_id"];
    }

    /// <summary>Names of fields that would go missing and that live checks use.</summary>
    private async Task<List<string>> LostAsync(long containerId, IReadOnlyList<ContainerField> fields, CancellationToken cancel)
    {
        var names = fields.Select(f => f.Name).ToArray();
        return await db.Set<CheckField>().Where(f => !names.Contains(f.Name) && db.Set<QualityCheck>().Any(c => c.Id == f.CheckId && c.ContainerId == containerId && c.DeletedAt == null))
            .Select(f => f.Name).Distinct().OrderBy(n => n).ToListAsync(cancel);
    }

    private async Task<Outcome<Operation>> FinishAsync(Container container, Caller caller, CancellationToken cancel)
    {
        await db.Database.ExecuteSqlRawAsync($"UPDATE datastores SET {DatastoreFigures.Counted} WHERE id = {{0}}", [container.DatastoreId], cancel);
        var settings = JsonSerializer.Serialize(new { ContainerNames = new[] { container.Name }, MaxRecordsAnalyzedPerPartition = FirstRows }, Json.Options);
        return await operations.EnqueueAsync(db, container.DatastoreId, ProfileKind.Name, settings, caller, cancel);
    }

    private static Failure Taken(string name) => Failure.Conflict($"The datastore already has a container '{name}'");

    private sealed record Draft(Datastore Datastore, ComputedDefinition Definition, IReadOnlyList<ContainerField> Fields);
}
