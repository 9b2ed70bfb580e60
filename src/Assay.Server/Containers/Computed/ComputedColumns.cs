using Assay.Quality;
using Assay.Server.Fields;
using Assay.Server.Store;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Containers.Computed;

/// <summary>The fields of a computed container, as its definition gives them. Works in the caller's transaction.</summary>
internal sealed class ComputedColumns(AssayDb db, TimeProvider clock)
{
    /// <summary>Whether a container's fields are these columns.</summary>
    public static bool Are(IReadOnlyList<Field> fields, IReadOnlyList<ContainerField> found)
    {
        var there = fields.Where(f => f.ComputedFieldId is null && f.Status != FieldStatus.Missing).OrderBy(f => f.Ordinal).ToList();
        var taken = fields.Where(f => f.ComputedFieldId is not null).Select(f => f.Name).ToHashSet(StringComparer.Ordinal);
        return there.Select(Shape).SequenceEqual(found.Where(f => !taken.Contains(f.Name)).Select(f => (f.Name, f.Type.ToString(), f.ElementType?.ToString(), f.NativeType)));

        static (string, string, string?, string?) Shape(Field f) => (f.Name, f.Type, f.ElementType, f.NativeType);
    }

    /// <summary>Makes the container's fields these columns: those that it lacks are added, those that it has no longer are missing, and may come back.</summary>
    /// <param name="masked">Columns that are masked when they come.</param>
    public async Task SetAsync(long containerId, IReadOnlyList<ContainerField> found, MaskedColumns masked, CancellationToken cancel)
    {
        var known = await db.Set<Field>().Where(f => f.ContainerId == containerId).ToDictionaryAsync(f => f.Name, StringComparer.Ordinal, cancel);
        for (var i = 0; i < found.Count; i++)
        {
            var name = found[i].Name;
            if (!known.Remove(name, out var field))
                db.Add(field = new Field { ContainerId = containerId, Name = name, Type = "", Status = FieldStatus.Missing, Created = clock.UtcNow() });
            if (field.ComputedFieldId is not null) continue; // a computed field had the name first
            (field.Ordinal, field.Type, field.ElementType, field.NativeType) = (i + 1, found[i].Type.ToString(), found[i].ElementType?.ToString(), found[i].NativeType);
            if (field.Status == FieldStatus.Missing) field.Status = masked.Has(name) ? FieldStatus.Masked : FieldStatus.Active;
        }
        foreach (var gone in known.Values.Where(f => f is { Status: FieldStatus.Active, ComputedFieldId: null })) gone.Status = FieldStatus.Missing;
        await db.SaveChangesAsync(cancel);
        await db.Set<Container>().Where(c => c.Id == containerId).ExecuteUpdateAsync(set => set.SetProperty(c => c.FieldCount, found.Count), cancel);
    }
}
