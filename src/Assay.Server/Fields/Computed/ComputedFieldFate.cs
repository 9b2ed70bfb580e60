using Assay.Server.Identity;
using Assay.Server.Store;
using Assay.Server.Web.Responses;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Fields.Computed;

/// <summary>Makes computed fields share the fate of the fields that they depend on, in the caller's transaction.</summary>
internal sealed class ComputedFieldFate(AssayDb db, FieldHistory history, FieldChecks checks)
{
    /// <summary>A computed field cannot be shown, or be there, while what it is computed from is not.</summary>
    /// <returns>Null where the field may take this state.</returns>
    public async Task<Failure?> RefuseAsync(Field field, string status, CancellationToken cancel)
    {
        if (field.ComputedFieldId is not { } id || status == FieldStatus.Excluded) return null;
        if (await db.Set<ComputedField>().AsNoTracking().FirstOrDefaultAsync(f => f.Id == id, cancel) is not { } computed) return null;
        var names = computed.Dependencies.ToArray();
        var sources = await db.Set<Field>().AsNoTracking().Where(f => f.ContainerId == field.ContainerId && names.Contains(f.Name)).ToListAsync(cancel);
        var hindrance = sources.Find(f => f.Status is FieldStatus.Excluded or FieldStatus.Missing || f.Status == FieldStatus.Masked && status == FieldStatus.Active);
        return hindrance is null ? null : Failure.Conflict($"Field id: {field.Id} is computed from field '{hindrance.Name}', which is {hindrance.Status}");
    }

    /// <summary>What is computed from a field that was just masked or excluded becomes so too.</summary>
    public async Task FollowAsync(Field source, Caller caller, CancellationToken cancel)
    {
        if (source.ComputedFieldId is not null || source.Status is not (FieldStatus.Masked or FieldStatus.Excluded)) return;
        var ids = (await OfAsync(source.ContainerId, source.Name, cancel)).ConvertAll(f => (long?)f.Id);
        foreach (var field in await db.Set<Field>().Where(f => ids.Contains(f.ComputedFieldId) && f.Status != FieldStatus.Excluded && f.Status != source.Status).ToListAsync(cancel))
        {
            var before = FieldHistory.Of(field);
            field.Status = source.Status;
            if (field.Status == FieldStatus.Excluded) await checks.ArchiveAsync(field, caller, cancel);
            history.Changed(before, field, null, caller);
        }
    }

    /// <summary>Formulas follow the new name of a field, but for expressions, whose text is their author's.</summary>
    public async Task RenameAsync(long containerId, string old, string name, CancellationToken cancel)
    {
        foreach (var formula in (await OfAsync(containerId, old, cancel)).Where(f => f.Sources.Count > 0))
        {
            formula.SourceFields = ComputedField.Json(formula.Sources.Select(s => s == old ? name : s));
            formula.DependsOn = ComputedField.Json(formula.Dependencies.Select(s => s == old ? name : s));
        }
    }

    private async Task<List<ComputedField>> OfAsync(long containerId, string name, CancellationToken cancel) =>
        (await db.Set<ComputedField>().Where(f => f.ContainerId == containerId).ToListAsync(cancel)).FindAll(f => f.Dependencies.Contains(name));
}
