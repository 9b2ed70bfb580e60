using System.Text.Json;
using Assay.Server.Checks.Templates;
using Assay.Server.Identity;
using Assay.Server.Store;
using Assay.Server.Web.Requests;
using Assay.Server.Web.Responses;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Checks.Writes;

/// <summary>Small changes of several checks or templates: all of them or none.</summary>
internal sealed class CheckBulkEdit(AssayDb db, CheckWriter checks, TemplateWriter templates)
{
    public Task<Outcome<bool>> ApplyAsync(IReadOnlyList<CheckChange> changes, Caller caller, CancellationToken cancel) => db.InTransactionAsync<bool>(async () =>
    {
        foreach (var change in changes)
        {
            if (await db.Set<QualityCheck>().AsNoTracking().FirstOrDefaultAsync(c => c.Id == change.Id, cancel) is not { } check) return CheckAccess.NotFound(change.Id);
            var outcome = check.IsTemplate
                ? await templates.UpdateWithinAsync(check.Id, Template(check, change), caller, cancel)
                : await checks.UpdateWithinAsync(check.Id, await CheckAsync(check, change, cancel), caller, cancel);
            if (outcome.Failure is { } failure) return failure;
            db.ChangeTracker.Clear();
        }
        return true;
    }, cancel);

    private async Task<CheckUpdate> CheckAsync(QualityCheck check, CheckChange change, CancellationToken cancel)
    {
        var names = await db.Set<CheckField>().Where(f => f.CheckId == check.Id).OrderBy(f => f.Position).Select(f => f.Name).ToListAsync(cancel);
        return Same(new CheckUpdate { Fields = [.. names.Select(n => new NameOrId(null, n))], Status = change.Status }, check, change);
    }

    private static TemplateUpdate Template(QualityCheck check, CheckChange change) =>
        Same(new TemplateUpdate { TemplateLocked = change.TemplateLocked, Status = change.Status }, check, change);

    // A full update that says again what the change leaves out.
    private static T Same<T>(T update, QualityCheck check, CheckChange change) where T : CheckContent
    {
        update.Description = change.Description ?? check.Description;
        update.Coverage = check.Coverage;
        update.Filter = change.Sent(nameof(change.Filter)) ? change.Filter : check.Filter;
        update.Properties = check.Properties is null ? null : JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(check.Properties);
        update.Tags = change.Tags;
        update.AdditionalMetadata = change.AdditionalMetadata;
        update.SentNames = change.Sent(nameof(change.AdditionalMetadata)) ? new HashSet<string> { nameof(update.AdditionalMetadata) } : new HashSet<string>();
        update.Loc = change.Loc;
        return update;
    }
}
