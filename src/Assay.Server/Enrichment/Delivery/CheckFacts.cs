using Assay.Server.Checks;
using Assay.Server.Checks.Reads;
using Assay.Server.Scans;
using Assay.Server.Store;
using Assay.Server.Tags;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Enrichment.Delivery;

/// <summary>What is written of a check beside each of its failures.</summary>
internal sealed record CheckFacts(string Rule, string? Properties, string Description, string? Metadata, string Tags, string Fields)
{
    /// <summary>What stands in the place of what the scan said of it; null where that may be shown.</summary>
    public string? Masked { get; private init; }

    /// <summary>The checks that a scan looked at, by id.</summary>
    public static async Task<IReadOnlyDictionary<long, CheckFacts>> OfAsync(AssayDb db, long scanId, CancellationToken cancel)
    {
        var ids = db.Set<CheckResult>().Where(r => r.ContainerScanId == scanId).Select(r => r.CheckId);
        var checks = await db.Set<QualityCheck>().AsNoTracking().Where(c => ids.Contains(c.Id)).ToListAsync(cancel);
        var tags = (await db.Set<CheckTag>().Where(t => ids.Contains(t.CheckId)).Join(db.Set<Tag>(), t => t.TagId, t => t.Id, (t, tag) => new { t.CheckId, tag.Name }).ToListAsync(cancel))
            .ToLookup(t => t.CheckId, t => t.Name);
        var fields = (await db.Set<CheckField>().AsNoTracking().Where(f => ids.Contains(f.CheckId)).OrderBy(f => f.Position).ToListAsync(cancel)).ToLookup(f => f.CheckId, f => f.Name);
        var mask = await CheckMask.ReadAsync(db, checks, cancel);
        return checks.ToDictionary(c => c.Id, c =>
        {
            var hidden = mask.Hides(c, fields[c.Id]);
            return new CheckFacts(c.RuleType, hidden ? CheckMask.Properties(c) : c.Properties, hidden ? CheckMask.Description(c) : c.Description, c.AdditionalMetadata,
                string.Join(",", tags[c.Id].Order(StringComparer.Ordinal)), string.Join(",", fields[c.Id]))
            { Masked = hidden ? CheckMask.Message(c.RuleType, fields[c.Id]) : null };
        });
    }
}
