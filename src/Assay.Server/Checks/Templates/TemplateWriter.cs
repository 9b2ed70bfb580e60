using Assay.Server.Checks.Writes;
using Assay.Server.Containers;
using Assay.Server.Datastores;
using Assay.Server.Identity;
using Assay.Server.Store;
using Assay.Server.Tags;
using Assay.Server.Web.Responses;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Checks.Templates;

/// <summary>Creates and changes templates, and brings changes to their checks: tags always, the definition where the template is locked.</summary>
internal sealed class TemplateWriter(AssayDb db, CheckReviewer reviewer, CheckWriter writer, TagChoice tags, CheckHistory history, TimeProvider clock)
{
    public Task<Outcome<long>> CreateAsync(TemplateRequest request, Caller caller, CancellationToken cancel) => db.InTransactionAsync<long>(async () =>
    {
        var plan = Plan(request, request.Rule);
        if (!(await reviewer.ReviewAsync(plan, caller, cancel)).Try(out var reviewed, out var invalid)) return invalid;
        var now = clock.UtcNow();
        var template = new QualityCheck
        {
            RuleType = request.Rule,
            Description = request.Description,
            Status = CheckStatus.Active,
            IsTemplate = true,
            TemplateLocked = request.TemplateLocked,
            Created = now,
            CreatedById = caller.Id,
        };
        Apply(template, request, reviewed, caller, now);
        db.Add(template);
        await db.SaveChangesAsync(cancel);
        if (!(await tags.IdsAsync(request.Tags ?? [], cancel)).Try(out var ids, out var failure)) return failure;
        db.AddRange(ids.Select(tag => new CheckTag { CheckId = template.Id, TagId = tag }));
        history.Created(template, [], caller, now);
        await db.SaveChangesAsync(cancel);
        return template.Id;
    }, cancel);

    public Task<Outcome<long>> UpdateAsync(long id, TemplateUpdate request, Caller caller, CancellationToken cancel) =>
        db.InTransactionAsync(() => UpdateWithinAsync(id, request, caller, cancel), cancel);

    /// <summary>The same within the caller's transaction.</summary>
    public async Task<Outcome<long>> UpdateWithinAsync(long id, TemplateUpdate request, Caller caller, CancellationToken cancel)
    {
        var checks = await LockChecksAsync(id, cancel);
        if (await db.Set<QualityCheck>().FirstOrDefaultAsync(c => c.Id == id && c.IsTemplate, cancel) is not { } template) return NotFound(id);
        var plan = Plan(request, template.RuleType);
        if (!(await reviewer.ReviewAsync(plan, caller, cancel)).Try(out var reviewed, out var invalid)) return invalid;
        var before = history.Before(template, []);
        var now = clock.UtcNow();
        template.Status = request.Status ?? (template.DeletedAt is null ? template.Status : CheckStatus.Active);
        template.DeletedAt = null;
        template.TemplateLocked = request.TemplateLocked ?? template.TemplateLocked;
        Apply(template, request, reviewed, caller, now);
        history.Changed(before, template, [], caller, now);
        if (request.Tags is { } wanted && await PushTagsAsync(id, checks, wanted, cancel) is { } unknown) return unknown;
        if (template.TemplateLocked && await PushAsync(template, checks, caller, now, cancel) is { } problem) return problem;
        await db.SaveChangesAsync(cancel);
        return id;
    }

    /// <summary>Makes checks from a template: all of them or none.</summary>
    public async Task<Outcome<IReadOnlyList<long>>> MakeChecksAsync(long id, IReadOnlyList<FromTemplateRequest> wanted, Caller caller, CancellationToken cancel)
    {
        if (await db.Set<QualityCheck>().AsNoTracking().FirstOrDefaultAsync(c => c.Id == id && c.IsTemplate && c.DeletedAt == null, cancel) is not { } template) return NotFound(id);
        return await writer.CreateAllAsync([.. wanted.Select(w => w.With(template))], caller, cancel);
    }

    public static Failure NotFound(long id) => Failure.NotFound("Quality check template", id);

    private static CheckPlan Plan(CheckContent request, string rule) =>
        new(null, rule, [], request.Coverage, request.Filter, request.PropertiesJson, request.AnomalyMessageField, CheckStatus.Active) { Loc = request.Loc };

    private static void Apply(QualityCheck template, CheckContent request, ReviewedCheck reviewed, Caller caller, DateTime now)
    {
        template.Description = request.Description;
        (template.Coverage, template.Filter, template.Properties) = (reviewed.Coverage, reviewed.Filter, reviewed.Properties);
        template.AdditionalMetadata = request.Sent(nameof(request.AdditionalMetadata)) ? request.MetadataJson : template.AdditionalMetadata;
        template.AnomalyMessageField = request.Sent(nameof(request.AnomalyMessageField)) ? request.AnomalyMessageField : template.AnomalyMessageField;
        (template.LastUpdated, template.LastEditorId) = (now, caller.Id);
    }

    private async Task<IReadOnlyList<QualityCheck>> LockChecksAsync(long id, CancellationToken cancel)
    {
        var datastores = await db.Set<QualityCheck>().Where(c => c.TemplateId == id)
            .Join(db.Set<Container>(), c => c.ContainerId, c => c.Id, (check, container) => container.DatastoreId).Distinct().ToListAsync(cancel);
        await db.LockDatastoresAsync(datastores, cancel);
        return await db.Set<QualityCheck>().Where(c => c.TemplateId == id).OrderBy(c => c.Id).ToListAsync(cancel);
    }

    private async Task<Failure?> PushTagsAsync(long id, IReadOnlyList<QualityCheck> checks, IReadOnlyList<Web.Requests.NameOrId> wanted, CancellationToken cancel)
    {
        if (!(await tags.IdsAsync(wanted, cancel)).Try(out var ids, out var failure)) return failure;
        long[] owners = [id, .. checks.Select(c => c.Id)];
        var present = await db.Set<CheckTag>().Where(t => EF.Parameter(owners).Contains(t.CheckId)).ToListAsync(cancel);
        var dropped = present.Where(t => t.CheckId == id).Select(t => t.TagId).Except(ids).ToHashSet();
        db.RemoveRange(present.Where(t => dropped.Contains(t.TagId)));
        db.AddRange(owners.SelectMany(owner => ids.Except(present.Where(t => t.CheckId == owner).Select(t => t.TagId)).Select(tag => new CheckTag { CheckId = owner, TagId = tag })));
        return null;
    }

    private async Task<Failure?> PushAsync(QualityCheck template, IReadOnlyList<QualityCheck> checks, Caller caller, DateTime now, CancellationToken cancel)
    {
        var ids = checks.Select(c => c.Id).ToArray();
        var names = (await db.Set<CheckField>().AsNoTracking().Where(f => EF.Parameter(ids).Contains(f.CheckId)).OrderBy(f => f.Position).ToListAsync(cancel))
            .ToLookup(f => f.CheckId, f => f.Name);
        foreach (var check in checks)
        {
            string[] fields = [.. names[check.Id]];
            var before = history.Before(check, fields);
            (check.Coverage, check.Filter, check.Properties, check.AnomalyMessageField) = (template.Coverage, template.Filter, template.Properties, template.AnomalyMessageField);
            check.Identity = CheckIdentity.Of(check.RuleType, fields, check.Filter, check.Coverage, check.Properties);
            (check.LastUpdated, check.LastEditorId) = (now, caller.Id);
            history.Changed(before, check, fields, caller, now);
        }
        foreach (var check in checks.Where(c => c.DeletedAt is null))
            if (await db.Set<QualityCheck>().Where(c => c.ContainerId == check.ContainerId && c.Identity == check.Identity && c.DeletedAt == null && c.TemplateId != template.Id)
                    .Select(c => (long?)c.Id).FirstOrDefaultAsync(cancel) is { } other)
                return Failure.Conflict($"Quality check id: {check.Id} follows this template and would ask the same as quality check id: {other}");
        return null;
    }
}
