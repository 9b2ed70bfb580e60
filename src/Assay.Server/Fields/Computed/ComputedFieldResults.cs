using Assay.Quality.Profiling;
using Assay.Server.Reading;
using Assay.Server.Store;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Fields.Computed;

/// <summary>Writes what a profile found of computed fields: new ones become fields, all get the types that their formulas give.</summary>
internal static class ComputedFieldResults
{
    /// <returns>The ids of all of the container's fields by name.</returns>
    public static async Task<IReadOnlyDictionary<string, long>> SaveAsync(AssayDb db, StoredContainer stored, ContainerFields found, CancellationToken cancel)
    {
        var ids = stored.Fields.Where(f => f.Id != 0).ToDictionary(f => f.Name, f => f.Id, StringComparer.Ordinal);
        if (stored.Computed.Count == 0) return ids;
        // A user may have deleted or renamed one while the profile ran.
        var live = await db.Set<ComputedField>().Where(c => c.ContainerId == stored.Row.Id).ToDictionaryAsync(c => c.Id, c => c.Name, cancel);
        var results = found.Fields.ToDictionary(f => f.Name, StringComparer.Ordinal);
        foreach (var field in stored.Fields.Where(f => f.ComputedFieldId is { } id && results.ContainsKey(f.Name) && live.GetValueOrDefault(id) == f.Name))
        {
            var result = results[field.Name];
            var (type, element) = (result.Type.ToString(), result.Element?.Type.ToString());
            if (field.Id != 0)
            {
                await db.Set<Field>().Where(f => f.Id == field.Id).ExecuteUpdateAsync(set => set.SetProperty(f => f.Type, type).SetProperty(f => f.ElementType, element), cancel);
                continue;
            }
            if (await db.Set<Field>().AnyAsync(f => f.ContainerId == field.ContainerId && f.Name == field.Name, cancel)) continue;
            (field.Type, field.ElementType) = (type, element);
            db.Add(field);
            await db.SaveChangesAsync(cancel);
            ids[field.Name] = field.Id;
        }
        return ids;
    }
}
