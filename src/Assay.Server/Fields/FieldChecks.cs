using Assay.Server.Checks;
using Assay.Server.Checks.Writes;
using Assay.Server.Identity;
using Assay.Server.Store;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Fields;

/// <summary>What happens to checks when the field that they are about changes. Works in the caller's transaction, who holds the datastore's lock.</summary>
internal sealed class FieldChecks(AssayDb db, CheckHistory history, TimeProvider clock)
{
    private const string SchemaRule = "expectedSchema";

    /// <summary>Whether any check, archived ones too, is about the field.</summary>
    public Task<bool> AnyAsync(Field field, CancellationToken cancel) => About(field.ContainerId, field.Name).AnyAsync(cancel);

    /// <summary>Whether any check that is not archived is about the field.</summary>
    public Task<bool> AnyLiveAsync(Field field, CancellationToken cancel) => About(field.ContainerId, field.Name).AnyAsync(c => c.DeletedAt == null, cancel);

    /// <summary>Archives the live checks about an excluded field; from an expected schema the field is taken out.</summary>
    public async Task ArchiveAsync(Field field, Caller caller, CancellationToken cancel)
    {
        var now = clock.UtcNow();
        foreach (var check in await About(field.ContainerId, field.Name).Where(c => c.DeletedAt == null).ToListAsync(cancel))
        {
            var names = await NamesAsync(check.Id, cancel);
            var before = history.Before(check, names);
            (check.LastUpdated, check.LastEditorId) = (now, caller.Id);
            var left = names.Where(n => n != field.Name).ToList();
            if (check.RuleType == SchemaRule && left.Count > 0)
            {
                await db.Set<CheckField>().Where(f => f.CheckId == check.Id && f.Name == field.Name).ExecuteDeleteAsync(cancel);
                Identify(check, names = left);
            }
            else (check.Status, check.DeletedAt) = (CheckStatus.Discarded, now);
            history.Changed(before, check, names, caller, now);
        }
    }

    /// <summary>Makes the checks about a field follow its new name.</summary>
    public async Task RenameAsync(long containerId, string old, string name, Caller caller, CancellationToken cancel)
    {
        var now = clock.UtcNow();
        foreach (var check in await About(containerId, old).ToListAsync(cancel))
        {
            var names = await NamesAsync(check.Id, cancel);
            var before = history.Before(check, names);
            await db.Set<CheckField>().Where(f => f.CheckId == check.Id && f.Name == old).ExecuteUpdateAsync(set => set.SetProperty(f => f.Name, name), cancel);
            names = [.. names.Select(n => n == old ? name : n)];
            Identify(check, names);
            (check.LastUpdated, check.LastEditorId) = (now, caller.Id);
            history.Changed(before, check, names, caller, now);
        }
    }

    private IQueryable<QualityCheck> About(long containerId, string field) => db.Set<QualityCheck>()
        .Where(c => c.ContainerId == containerId && db.Set<CheckField>().Any(f => f.CheckId == c.Id && f.Name == field)).OrderBy(c => c.Id);

    private Task<List<string>> NamesAsync(long check, CancellationToken cancel) =>
        db.Set<CheckField>().Where(f => f.CheckId == check).OrderBy(f => f.Position).Select(f => f.Name).ToListAsync(cancel);

    private static void Identify(QualityCheck check, IReadOnlyList<string> fields) =>
        check.Identity = CheckIdentity.Of(check.RuleType, fields, check.Filter, check.Coverage, check.Properties);
}
