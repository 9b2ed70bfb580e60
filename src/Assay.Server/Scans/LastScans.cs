using Assay.Server.Store;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Scans;

/// <summary>When containers were last scanned with success.</summary>
internal static class LastScans
{
    /// <returns>None for containers that never were.</returns>
    public static async Task<IReadOnlyDictionary<long, DateTime?>> LastScansAsync(this AssayDb db, IReadOnlyCollection<long> containers, CancellationToken cancel) =>
        await db.Set<ContainerScan>().Where(s => containers.Contains(s.ContainerId) && s.Result == "success").GroupBy(s => s.ContainerId)
            .Select(g => new { g.Key, Last = g.Max(s => s.EndTime) }).ToDictionaryAsync(g => g.Key, g => g.Last, cancel);
}
