using Assay.Server.Checks.Templates;
using Assay.Server.Containers;
using Assay.Server.Datastores;
using Assay.Server.Identity;
using Assay.Server.Store;
using Assay.Server.Tags;
using Assay.Server.Web.Responses;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Checks.Writes;

/// <summary>Creates and changes checks. The caller's permission has been decided before.</summary>
internal sealed class CheckWriter(AssayDb db, CheckReviewer reviewer, CheckTemplateLink templates, TagChoice tags, CheckHistory history, TimeProvider clock)
{
    /// <returns>The new check's id; 404, 409 (an equal check is there) or 422.</returns>
    public async Task<Outcome<long>> CreateAsync(CheckRequest request, Caller caller, CancellationToken cancel) =>
        (await CreateAllAsync([request], caller, cancel)).Try(out var ids, out var failure) ? ids[0] : failure;

    /// <summary>All of the checks or none.</summary>
    public Task<Outcome<IReadOnlyList<long>>> CreateAllAsync(IReadOnlyList<CheckRequest> requests, Caller caller, CancellationToken cancel) =>
        db.InTransactionAsync<IReadOnlyList<long>>(async () =>
        {
            var ids = new List<long>();
            foreach (var request in requests)
            {
                if (!(await AddAsync(request, caller, cancel)).Try(out var id, out var failure)) return failure;
                ids.Add(id);
            }
            return ids;
        }, cancel);

    private async Task<Outcome<long>> AddAsync(CheckRequest request, Caller caller, CancellationToken cancel)
    {
        if (await LockAsync(request.ContainerId, cancel) is not { } datastore) return Failure.NotFound("Container", request.ContainerId);
        var plan = CheckPlan.Of(request);
        if (!(await reviewer.ReviewAsync(plan, caller, cancel)).Try(out var reviewed, out var invalid)) return invalid;
        if (await templates.ProblemAsync(request, cancel) is { } unfit) return unfit;
        var now = clock.UtcNow();
        var check = new QualityCheck
        {
            ContainerId = request.ContainerId,
            RuleType = plan.Rule,
            Description = request.Description,
            Status = plan.Status,
            TemplateId = request.TemplateId,
            Created = now,
            CreatedById = caller.Id,
        };
        Apply(check, request, reviewed, caller, now);
        if (await ConflictAsync(check, cancel) is { } conflict) return conflict;
        db.Add(check);
        await db.SaveChangesAsync(cancel);
        db.AddRange(reviewed.Fields.Select((name, position) => new CheckField { CheckId = check.Id, Position = position, Name = name }));
        if (await TagAsync(check, request.Tags, cancel) is { } unknown) return unknown;
        if (request.TemplateId is { } template) await templates.InheritTagsAsync(check.Id, template, cancel);
        history.Created(check, reviewed.Fields, caller, now);
        await db.SaveChangesAsync(cancel);
        await db.CountChecksAsync(datastore.Id, cancel);
        return check.Id;
    }

    /// <summary>Replaces what defines a check. Sending an open status restores an archived one.</summary>
    public Task<Outcome<long>> UpdateAsync(long id, CheckUpdate request, Caller caller, CancellationToken cancel) =>
        db.InTransactionAsync(() => UpdateWithinAsync(id, request, caller, cancel), cancel);

    /// <summary>The same within the caller's transaction.</summary>
    public async Task<Outcome<long>> UpdateWithinAsync(long id, CheckUpdate request, Caller caller, CancellationToken cancel)
    {
        if (await db.Set<QualityCheck>().AsNoTracking().FirstOrDefaultAsync(c => c.Id == id, cancel) is not { ContainerId: { } container }) return CheckAccess.NotFound(id);
        if (await LockAsync(container, cancel) is not { } datastore) return CheckAccess.NotFound(id);
        var check = await db.Set<QualityCheck>().SingleAsync(c => c.Id == id, cancel);
        var names = await db.Set<CheckField>().Where(f => f.CheckId == id).OrderBy(f => f.Position).ToListAsync(cancel);
        request = await CheckUnmask.OfAsync(db, request, check, [.. names.Select(f => f.Name)], cancel);
        var plan = CheckPlan.Of(check, request);
        if (!(await reviewer.ReviewAsync(plan, caller, cancel)).Try(out var reviewed, out var invalid)) return invalid;
        if (await templates.ChangeProblemAsync(check, reviewed, cancel) is { } locked) return locked;
        var before = history.Before(check, [.. names.Select(f => f.Name)]);
        var now = clock.UtcNow();
        check.Status = plan.Status;
        check.DeletedAt = null;
        check.Inferred = check.Inferred && !Redefines(check, names, reviewed);
        Apply(check, request, reviewed, caller, now);
        if (await ConflictAsync(check, cancel) is { } conflict) return conflict;
        if (!names.Select(f => f.Name).SequenceEqual(reviewed.Fields))
        {
            await db.Set<CheckField>().Where(f => f.CheckId == id).ExecuteDeleteAsync(cancel);
            foreach (var field in names) db.Entry(field).State = EntityState.Detached;
            db.AddRange(reviewed.Fields.Select((name, position) => new CheckField { CheckId = id, Position = position, Name = name }));
        }
        if (await TagAsync(check, request.Tags, cancel) is { } unknown) return unknown;
        history.Changed(before, check, reviewed.Fields, caller, now);
        await db.SaveChangesAsync(cancel);
        await db.CountChecksAsync(datastore.Id, cancel);
        return id;
    }

    /// <summary>Makes sure that a check could be saved, and saves nothing.</summary>
    public async Task<Failure?> ValidateAsync(CheckRequest request, IReadOnlyDictionary<string, string> variables, Caller caller, CancellationToken cancel)
    {
        if (await db.Set<Container>().CountAsync(c => c.Id == request.ContainerId && c.DeletedAt == null, cancel) == 0) return Failure.NotFound("Container", request.ContainerId);
        var plan = CheckPlan.Of(request) with { Status = CheckStatus.Active, Variables = variables };
        return (await reviewer.ReviewAsync(plan, caller, cancel)).Failure ?? await templates.ProblemAsync(request, cancel);
    }

    private async Task<Datastore?> LockAsync(long containerId, CancellationToken cancel)
    {
        var datastore = await db.Set<Container>().Where(c => c.Id == containerId && c.DeletedAt == null).Select(c => (long?)c.DatastoreId).FirstOrDefaultAsync(cancel);
        return datastore is { } id ? await db.LockDatastoreAsync(id, cancel) : null;
    }

    private static bool Redefines(QualityCheck check, IReadOnlyList<CheckField> names, ReviewedCheck wanted) =>
        check.Coverage != wanted.Coverage || check.Filter != wanted.Filter || !CheckHistory.SameJson(check.Properties, wanted.Properties)
        || !names.Select(f => f.Name).SequenceEqual(wanted.Fields);

    private static void Apply(QualityCheck check, ContainerCheckContent request, ReviewedCheck reviewed, Caller caller, DateTime now)
    {
        check.Description = request.Description;
        (check.Coverage, check.Filter, check.Properties, check.ExpectedTypes) = (reviewed.Coverage, reviewed.Filter, reviewed.Properties, reviewed.ExpectedTypes);
        check.AdditionalMetadata = request.Sent(nameof(request.AdditionalMetadata)) ? request.MetadataJson : check.AdditionalMetadata;
        check.AnomalyMessageField = request.Sent(nameof(request.AnomalyMessageField)) ? request.AnomalyMessageField : check.AnomalyMessageField;
        check.OwnerId = request.OwnerId ?? check.OwnerId; // cannot be cleared
        check.DefaultAnomalyAssigneeId = request.Sent(nameof(request.DefaultAnomalyAssigneeId)) ? request.DefaultAnomalyAssigneeId : check.DefaultAnomalyAssigneeId;
        check.Identity = CheckIdentity.Of(check.RuleType, reviewed.Fields, reviewed.Filter, reviewed.Coverage, reviewed.Properties);
        (check.LastUpdated, check.LastEditorId) = (now, caller.Id);
    }

    private async Task<Failure?> ConflictAsync(QualityCheck check, CancellationToken cancel) =>
        await db.Set<QualityCheck>().Where(c => c.ContainerId == check.ContainerId && c.Identity == check.Identity && c.DeletedAt == null && c.Id != check.Id)
            .Select(c => (long?)c.Id).FirstOrDefaultAsync(cancel) is { } other
            ? Failure.Conflict($"Quality check id: {other} already asserts {check.RuleType} on the same fields of this container under the same filter") : null;

    private async Task<Failure?> TagAsync(QualityCheck check, IReadOnlyList<Web.Requests.NameOrId>? wanted, CancellationToken cancel)
    {
        if (wanted is null) return null;
        if (!(await tags.IdsAsync(wanted, cancel)).Try(out var ids, out var failure)) return failure;
        var present = await db.Set<CheckTag>().Where(t => t.CheckId == check.Id).ToListAsync(cancel);
        db.RemoveRange(present.Where(p => !ids.Contains(p.TagId)));
        db.AddRange(ids.Except(present.Select(p => p.TagId)).Select(tag => new CheckTag { CheckId = check.Id, TagId = tag }));
        await db.SaveChangesAsync(cancel);
        return null;
    }
}
