using Assay.Server.Containers;
using Assay.Server.Datastores;
using Assay.Server.Operations.Export;
using Assay.Server.Operations.Materialize;
using Assay.Server.Operations.Scan;
using Assay.Server.Store;
using Assay.Server.Tags;
using Assay.Server.Web.Responses;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Operations;

/// <summary>Holds what a run request asks for against what there is, so that a slip is told at once and not by an operation that does nothing.</summary>
internal sealed class RunChecks(AssayDb db, ExportChecks exports)
{
    /// <returns>Null where it can be done.</returns>
    public async Task<Failure?> RefuseAsync(RunRequest wanted, CancellationToken cancel)
    {
        // Otherwise its containers would be what is said to be missing.
        if (!await db.Set<Datastore>().AnyAsync(d => d.Id == wanted.DatastoreId && d.Deleted == null, cancel)) return Failure.NotFound("Datastore", wanted.DatastoreId);
        if (wanted.Kind == ScanKind.Name && await RefuseCopiesAsync(wanted.DatastoreId, cancel) is { } nowhere) return nowhere;
        var errors = new List<FieldError>();
        if (wanted.ContainerNames is { Count: > 0 } names)
        {
            var known = await db.Set<Container>().Where(c => c.DatastoreId == wanted.DatastoreId && c.DeletedAt == null && names.Contains(c.Name)).Select(c => c.Name).ToListAsync(cancel);
            Compare("container_names", names, known, "The datastore has no container");
        }
        if (wanted.ContainerTags is { Count: > 0 } tags)
            Compare("container_tags", tags, await db.Set<Tag>().Where(t => tags.Contains(t.Name)).Select(t => t.Name).ToListAsync(cancel), "There is no tag");
        if (wanted.PartitionNames is { Count: > 0 } partitions)
            Compare("partition_names", partitions, await db.Set<Partition>().Where(p => partitions.Contains(p.Name)
                && db.Set<Container>().Any(c => c.Id == p.ContainerId && c.DatastoreId == wanted.DatastoreId && c.DeletedAt == null)).Select(p => p.Name).ToListAsync(cancel), "The datastore has no partition");
        await AddExportErrorsAsync(wanted, errors, cancel);
        if (errors.Count == 0 && await RefuseStoreAsync(wanted, cancel) is { } conflict) return conflict;
        if (errors.Count == 0) return Checks.CheckVariables.Read(wanted.CheckVariables, ["body", "check_variables"]).Failure;
        return Failure.Invalid(errors);

        void Compare(string member, IReadOnlyList<string> asked, IReadOnlyList<string> found, string words)
        {
            for (var i = 0; i < asked.Count; i++)
                if (!found.Contains(asked[i])) errors.Add(new FieldError(["body", member, i], $"{words} '{asked[i]}'", "value_error"));
        }
    }

    private async Task<Failure?> RefuseCopiesAsync(long datastoreId, CancellationToken cancel) =>
        await db.Set<Datastore>().AnyAsync(d => d.Id == datastoreId && d.EnrichmentDatastoreId == null && d.EnrichmentRemediationStrategy != Datastore.NoRemediation, cancel)
            ? Failure.Conflict($"Datastore id: {datastoreId} has a remediation strategy but no enrichment datastore; link one, or set enrichment_remediation_strategy to none") : null;

    private async Task AddExportErrorsAsync(RunRequest wanted, List<FieldError> errors, CancellationToken cancel)
    {
        var isGlobal = wanted.Kind == GlobalExportKind.Name;
        if (!isGlobal && wanted.Kind != ExportKind.Name) return;
        if (wanted.AssetType is null) errors.Add(FieldError.InBody("asset_type", "Field required", "missing"));
        else if (wanted.AssetType == ExportSettings.CheckTemplates != isGlobal)
            errors.Add(FieldError.InBody("asset_type", isGlobal ? "A global_export exports check_templates" : "Input should be 'anomalies', 'checks' or 'profiles'; check_templates take the type global_export"));
        errors.AddRange(isGlobal ? await exports.UnknownTemplatesAsync(wanted.TemplateIds, ["body", "template_ids"], cancel)
            : await exports.UnknownContainersAsync(wanted.DatastoreId, wanted.ContainerIds, wanted.IncludeDeleted == true, ["body", "container_ids"], cancel));
    }

    private Task<Failure?> RefuseStoreAsync(RunRequest wanted, CancellationToken cancel) => wanted.Kind switch
    {
        ExportKind.Name or MaterializeKind.Name => exports.RefuseLinkAsync(wanted.DatastoreId, cancel),
        GlobalExportKind.Name => exports.RefuseStoreAsync(wanted.DatastoreId, cancel),
        _ => Task.FromResult<Failure?>(null),
    };
}
