using Assay.Server.Checks.Writes;
using Assay.Server.Store;
using Assay.Server.Web.Responses;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Checks.Templates;

/// <summary>What being attached to a template means for a check.</summary>
internal sealed class CheckTemplateLink(AssayDb db)
{
    /// <summary>Why a new check cannot be attached to the template that it names; null where it can, or names none.</summary>
    public async Task<Failure?> ProblemAsync(CheckRequest request, CancellationToken cancel)
    {
        if (request.TemplateId is not { } id) return null;
        var template = await db.Set<QualityCheck>().AsNoTracking().FirstOrDefaultAsync(c => c.Id == id && c.IsTemplate && c.DeletedAt == null, cancel);
        if (template is null) return Failure.NotFound("Quality check template", id);
        if (template.RuleType != request.Rule) return Invalid(request.Loc, "rule", $"Input should be '{template.RuleType}', the rule of template id: {id}");
        return template.TemplateLocked ? Follow(template, request.Coverage, request.Filter, request.PropertiesJson, request.Loc) : null;
    }

    /// <summary>Why a check cannot be changed so, because its template is locked; null where it can.</summary>
    public async Task<Failure?> ChangeProblemAsync(QualityCheck check, ReviewedCheck wanted, CancellationToken cancel)
    {
        if (check.TemplateId is not { } id) return null;
        var template = await db.Set<QualityCheck>().AsNoTracking().FirstOrDefaultAsync(c => c.Id == id && c.TemplateLocked && c.DeletedAt == null, cancel);
        return template is null ? null : Follow(template, wanted.Coverage, wanted.Filter, wanted.Properties, ["body"]);
    }

    /// <summary>Gives a check its template's tags on top of its own.</summary>
    public async Task InheritTagsAsync(long checkId, long templateId, CancellationToken cancel)
    {
        var own = await db.Set<CheckTag>().Where(t => t.CheckId == checkId).Select(t => t.TagId).ToListAsync(cancel);
        var above = await db.Set<CheckTag>().Where(t => t.CheckId == templateId).Select(t => t.TagId).ToListAsync(cancel);
        db.AddRange(above.Except(own).Select(tag => new CheckTag { CheckId = checkId, TagId = tag }));
    }

    private static Failure? Follow(QualityCheck template, double? coverage, string? filter, string? properties, IReadOnlyList<object> loc)
    {
        var member = (template.Coverage ?? 1) != (coverage ?? 1) ? "coverage" : template.Filter != filter ? "filter"
            : !CheckHistory.SameJson(template.Properties, properties) ? "properties" : null;
        return member is null ? null : Invalid(loc, member, $"The template id: {template.Id} is locked: its checks have its {member}");
    }

    private static Failure Invalid(IReadOnlyList<object> loc, string member, string msg) => Failure.Invalid(new FieldError([.. loc, member], msg, "value_error"));
}
