using Assay.Server.Store;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Fields.Computed;

/// <summary>Reads how fields are computed.</summary>
internal static class ComputedFieldReads
{
    /// <summary>Those of many containers, by name.</summary>
    public static async Task<ILookup<long, ComputedFieldView>> OfContainersAsync(AssayDb db, IReadOnlyCollection<long> containers, CancellationToken cancel)
    {
        var rows = await db.Set<ComputedField>().AsNoTracking().Where(f => containers.Contains(f.ContainerId)).OrderBy(f => f.Name).ThenBy(f => f.Id).ToListAsync(cancel);
        return await ViewsAsync(db, rows, cancel);
    }

    public static async Task<ILookup<long, ComputedFieldView>> ViewsAsync(AssayDb db, IReadOnlyList<ComputedField> rows, CancellationToken cancel)
    {
        if (rows.Count == 0) return Enumerable.Empty<ComputedFieldView>().ToLookup(v => v.ContainerId);
        var (owners, names) = (rows.Select(f => f.ContainerId).Distinct().ToArray(), rows.SelectMany(f => f.Sources).Distinct().ToArray());
        var ids = (await db.Set<Field>().Where(f => owners.Contains(f.ContainerId) && names.Contains(f.Name)).Select(f => new { f.ContainerId, f.Name, f.Id }).ToListAsync(cancel))
            .GroupBy(f => f.ContainerId).ToDictionary(g => g.Key, IReadOnlyDictionary<string, long> (g) => g.DistinctBy(f => f.Name).ToDictionary(f => f.Name, f => f.Id, StringComparer.Ordinal));
        return rows.Select(f => ComputedFieldView.Of(f, ids.GetValueOrDefault(f.ContainerId) ?? new Dictionary<string, long>())).ToLookup(v => v.ContainerId);
    }
}
