using Assay.Server.Checks.Reads;
using Assay.Server.Checks.Writes;
using Assay.Server.Fields;
using Assay.Server.Identity;
using Assay.Server.Operations.Promote;
using Assay.Server.Store;
using Assay.Server.Tags;
using Assay.Server.Users;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Checks.Promotion;

/// <summary>Makes checks of one container on another. What could not be asserted there becomes a draft.</summary>
internal sealed class CheckPromotion(AssayDb db, CheckWriter writer)
{
    public async Task<PromotionOutcome> RunAsync(PromotionSettings wanted, Caller caller, CancellationToken cancel)
    {
        var checks = await ChecksAsync(wanted, cancel);
        var fields = await db.Set<Field>().Where(f => f.ContainerId == wanted.DestinationContainerId && f.Status != FieldStatus.Excluded).OrderBy(f => f.Ordinal).Select(f => f.Name).ToListAsync(cancel);
        var names = fields.DistinctBy(f => f.ToLowerInvariant()).ToDictionary(f => f.ToLowerInvariant(), StringComparer.Ordinal);
        var people = (await db.Set<User>().Where(u => !u.Deactivated).Select(u => u.Id).ToListAsync(cancel)).ToHashSet();
        var templates = (await db.Set<QualityCheck>().Where(c => c.IsTemplate && c.DeletedAt == null).Select(c => c.Id).ToListAsync(cancel)).ToHashSet();
        var mask = await CheckMask.ReadAsync(db, checks.Select(c => c.Check), cancel);
        var (promoted, drafts, skipped) = (0L, 0L, new List<string>());
        foreach (var check in checks)
        {
            if (mask.Hides(check.Check, check.Fields))
            {
                // Its values are hidden here, and would not be there.
                skipped.Add($"Quality check id: {check.Check.Id}: it has to do with a masked field.");
                continue;
            }
            var request = check.On(wanted.DestinationContainerId, names, people, wanted.CheckAdditionalTags, wanted.AsDraft, check.Check.TemplateId is { } above && templates.Contains(above));
            if (request.Status != CheckStatus.Draft && await writer.ValidateAsync(request, new Dictionary<string, string>(), caller, cancel) is not null) request.Status = CheckStatus.Draft;
            var outcome = await writer.CreateAsync(request, caller, cancel);
            db.ChangeTracker.Clear();
            if (outcome.Failure is { } failure) skipped.Add($"Quality check id: {check.Check.Id}: {failure.Text}.");
            else (promoted, drafts) = (promoted + 1, drafts + (request.Status == CheckStatus.Draft ? 1 : 0));
        }
        return new PromotionOutcome(promoted, drafts, skipped);
    }

    private async Task<IReadOnlyList<PromotedCheck>> ChecksAsync(PromotionSettings wanted, CancellationToken cancel)
    {
        var rows = db.Set<QualityCheck>().AsNoTracking().Where(c => c.ContainerId == wanted.ContainerId && c.DeletedAt == null);
        if (wanted.CheckIds is { } chosen) rows = rows.Where(c => chosen.Contains(c.Id));
        if (wanted.CheckTags is { } tags) rows = rows.Where(c => db.Set<CheckTag>().Any(t => t.CheckId == c.Id && db.Set<Tag>().Any(x => x.Id == t.TagId && tags.Contains(x.Name))));
        var checks = await rows.OrderBy(c => c.Id).ToListAsync(cancel);
        var ids = checks.Select(c => c.Id).ToArray();
        var names = (await db.Set<CheckField>().AsNoTracking().Where(f => EF.Parameter(ids).Contains(f.CheckId)).OrderBy(f => f.Position).ToListAsync(cancel)).ToLookup(f => f.CheckId, f => f.Name);
        var links = (await db.Set<CheckTag>().AsNoTracking().Where(t => EF.Parameter(ids).Contains(t.CheckId)).ToListAsync(cancel)).ToLookup(t => t.CheckId, t => t.TagId);
        return [.. checks.Select(c => new PromotedCheck(c, [.. names[c.Id]], [.. links[c.Id]]))];
    }
}
