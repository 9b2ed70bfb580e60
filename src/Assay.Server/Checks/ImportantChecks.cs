using System.ComponentModel.DataAnnotations.Schema;
using Assay.Server.Containers;
using Assay.Server.Store;
using Assay.Server.Tags;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Checks;

/// <summary>Counts the active checks of containers whose weight makes them important. What of it is not about rules is added up in the store.</summary>
internal static class ImportantChecks
{
    /// <returns>None for containers without.</returns>
    public static async Task<IReadOnlyDictionary<long, long>> CountAsync(AssayDb db, IReadOnlyCollection<long> containers, CancellationToken cancel)
    {
        var kinds = await db.Database.SqlQuery<OneCheck>($"""
            SELECT q.container_id, q.rule_type, q.inferred, EXISTS (SELECT 1 FROM failed_checks f WHERE f.check_id = q.id) AS has_anomalies,
                CAST(COALESCE((SELECT SUM(t.weight_modifier) FROM check_tags x JOIN tags t ON t.id = x.tag_id WHERE x.check_id = q.id), 0) AS BIGINT) AS modifiers
            FROM quality_checks q WHERE q.container_id IS NOT NULL AND q.status = 'Active' AND q.deleted_at IS NULL
            """).Where(c => containers.Contains(c.ContainerId)).GroupBy(c => new { c.ContainerId, c.RuleType, c.Inferred, c.HasAnomalies, c.Modifiers })
            .Select(g => new { g.Key, Count = g.LongCount() }).ToListAsync(cancel);
        var inherited = await db.Set<ContainerTag>().Where(t => containers.Contains(t.ContainerId)).Join(db.Set<Tag>(), t => t.TagId, t => t.Id, (t, tag) => new { t.ContainerId, tag.WeightModifier })
            .GroupBy(t => t.ContainerId).Select(g => new { g.Key, Sum = g.Sum(t => t.WeightModifier) }).ToDictionaryAsync(g => g.Key, g => g.Sum, cancel);
        return kinds.Where(k => CheckWeight.Of(k.Key.RuleType, k.Key.Inferred, k.Key.HasAnomalies, k.Key.Modifiers + inherited.GetValueOrDefault(k.Key.ContainerId)) >= CheckWeight.Important)
            .GroupBy(k => k.Key.ContainerId).ToDictionary(g => g.Key, g => g.Sum(k => k.Count));
    }

    private sealed class OneCheck
    {
        [Column("container_id")]
        public long ContainerId { get; init; }
        [Column("rule_type")]
        public required string RuleType { get; init; }
        [Column("inferred")]
        public bool Inferred { get; init; }
        [Column("has_anomalies")]
        public bool HasAnomalies { get; init; }
        [Column("modifiers")]
        public long Modifiers { get; init; }
    }
}
