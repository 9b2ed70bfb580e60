using Assay.Server.Anomalies;
using Assay.Server.Checks;
using Assay.Server.Scans;
using Assay.Server.Scores;
using Assay.Server.Store;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Containers;

/// <summary>How many checks and anomalies containers have, when they were last scanned, and how good they are.</summary>
internal sealed record ContainerCounts(long ActiveChecks, long ImportantChecks, long PassingChecks, long FailingChecks, long Anomalies, long ActiveAnomalies, DateTime? LastScanned, QualityScoreView? Score)
{
    public static readonly ContainerCounts None = new(0, 0, 0, 0, 0, 0, null, null);

    public static async Task<IReadOnlyDictionary<long, ContainerCounts>> ReadAsync(AssayDb db, IReadOnlyCollection<long> containers, CancellationToken cancel)
    {
        var checks = await db.Set<QualityCheck>().Where(c => c.ContainerId != null && containers.Contains(c.ContainerId.Value) && c.DeletedAt == null && c.Status == CheckStatus.Active)
            .GroupBy(c => c.ContainerId!.Value)
            .Select(g => new { g.Key, All = g.LongCount(), Passing = g.LongCount(c => c.IsPassing == true), Failing = g.LongCount(c => c.IsPassing == false) })
            .ToDictionaryAsync(g => g.Key, cancel);
        var anomalies = await db.Set<Anomaly>().Where(a => containers.Contains(a.ContainerId)).GroupBy(a => a.ContainerId)
            .Select(g => new { g.Key, All = g.LongCount(), Open = g.LongCount(a => a.ArchivedAt == null) }).ToDictionaryAsync(g => g.Key, cancel);
        var scanned = await db.LastScansAsync(containers, cancel);
        var important = await Checks.ImportantChecks.CountAsync(db, containers, cancel);
        var scores = await db.ContainerScoresAsync(containers, cancel);
        return containers.Distinct().ToDictionary(id => id, id =>
        {
            var (check, anomaly) = (checks.GetValueOrDefault(id), anomalies.GetValueOrDefault(id));
            return new ContainerCounts(
                check?.All ?? 0, important.GetValueOrDefault(id), check?.Passing ?? 0, check?.Failing ?? 0, anomaly?.All ?? 0, anomaly?.Open ?? 0, scanned.GetValueOrDefault(id), scores.GetValueOrDefault(id));
        });
    }
}
