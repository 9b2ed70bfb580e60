using Assay.Server.Anomalies;
using Assay.Server.Checks;
using Assay.Server.Store;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Profiles;

/// <summary>How many active checks and open anomalies are about fields, by their containers and names.</summary>
internal sealed class FieldCounts(Dictionary<(long Container, string Name), long> checks, Dictionary<(long Container, string Name), long> anomalies)
{
    public static async Task<FieldCounts> ReadAsync(AssayDb db, IReadOnlyCollection<FieldProfileRow> profiles, CancellationToken cancel)
    {
        var containers = profiles.Select(p => p.ContainerId).Distinct().ToArray();
        var names = profiles.Select(p => p.Name).Distinct().ToArray();
        var about = db.Set<CheckField>().Where(f => EF.Parameter(names).Contains(f.Name));
        var active = await about.Join(db.Set<QualityCheck>().Where(c => c.ContainerId != null && EF.Parameter(containers).Contains(c.ContainerId.Value) && c.Status == CheckStatus.Active && c.DeletedAt == null),
                f => f.CheckId, c => c.Id, (f, c) => new { Container = c.ContainerId!.Value, f.Name })
            .GroupBy(f => new { f.Container, f.Name }).Select(g => new { g.Key, Count = g.LongCount() }).ToListAsync(cancel);
        var open = await about.Join(db.Set<FailedCheck>(), f => f.CheckId, x => x.CheckId, (f, x) => new { f.Name, x.AnomalyId })
            .Join(db.Set<Anomaly>().Where(a => EF.Parameter(containers).Contains(a.ContainerId) && a.ArchivedAt == null), f => f.AnomalyId, a => a.Id, (f, a) => new { a.ContainerId, f.Name, a.Id })
            .Distinct().GroupBy(f => new { f.ContainerId, f.Name }).Select(g => new { g.Key, Count = g.LongCount() }).ToListAsync(cancel);
        return new FieldCounts(active.ToDictionary(g => (g.Key.Container, g.Key.Name), g => g.Count), open.ToDictionary(g => (g.Key.ContainerId, g.Key.Name), g => g.Count));
    }

    public long Checks(FieldProfileRow profile) => checks.GetValueOrDefault((profile.ContainerId, profile.Name));

    public long Anomalies(FieldProfileRow profile) => anomalies.GetValueOrDefault((profile.ContainerId, profile.Name));
}
