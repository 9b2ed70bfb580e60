using Assay.Server.Anomalies;
using Assay.Server.Anomalies.Writes;
using Assay.Server.Checks;
using Assay.Server.Containers;
using Assay.Server.History;
using Assay.Server.Operations.Scan;
using Assay.Server.Store;
using Assay.Server.Tags;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Scans.Results;

/// <summary>
/// Takes in what a scan found, by comparing fingerprints with what earlier scans found: what is open already comes in as a duplicate, what
/// was archived may come back, and what a whole scan did not find again is resolved. Works in the caller's transaction.
/// </summary>
internal sealed class AnomalyIntake(AssayDb db, ScanSettings settings, ContainerScan scan, DateTime now)
{
    public async Task StoreAsync(ScannedContainer found, CancellationToken cancel)
    {
        var known = await KnownAsync(found, cancel);
        var company = await CompanyAsync(found, cancel);
        var taken = new List<(FoundAnomaly Found, Anomaly Row)>(found.Anomalies.Count);
        foreach (var item in found.Anomalies)
        {
            var failures = item.Failures.Where(f => company.Checks.ContainsKey(f.CheckId)).ToList();
            if (failures.Count == 0) continue; // its checks were deleted while the container was read
            var kept = failures.Count == item.Failures.Count ? item : item with { Failures = failures };
            taken.Add((kept, Row(kept, company, known)));
        }
        await db.SaveChangesAsync(cancel);
        db.ChangeTracker.Clear();
        await new AnomalyRows(db, scan.Id).PourAsync(
            taken, failure => company.Tags[failure.CheckId], failure => company.Checks[failure.CheckId].DefaultAnomalyAssigneeId, cancel);
        if (found.Whole && settings.AutoResolvePassedAnomalies && found.Problem is null) await ResolveAsync(found, cancel);
    }

    private Anomaly Row(FoundAnomaly item, Company company, Known known)
    {
        var message = string.Join("\n", item.Failures.Select(f => f.Message));
        // What has no fingerprint is the same where it says the same.
        var duplicate = (settings.ArchiveDuplicateAnomalies || settings.ArchiveOverlappingAnomalies)
            && (item.Fingerprint is { } print ? known.Open.Contains(print) : known.Messages.Contains(message));
        if (!duplicate && settings.ReactivateRecurringAnomalies && item.Fingerprint is { } again && known.Archived.TryGetValue(again, out var original))
        {
            Reactivate(original);
            duplicate = true;
        }
        return new Anomaly
        {
            Uuid = Guid.NewGuid().ToString(),
            ContainerId = scan.ContainerId,
            OperationId = scan.OperationId,
            ContainerScanId = scan.Id,
            Type = item.Type,
            Message = message,
            Status = duplicate ? AnomalyStatus.Duplicate : AnomalyStatus.Active,
            ArchivedAt = duplicate ? now : null,
            Partition = item.Partition,
            AnomalousRecordsCount = item.Count,
            Fingerprint = item.Fingerprint,
            Weight = item.Failures.Sum(f => company.Weight(f.CheckId)),
            Created = now,
            Updated = now,
        };
    }

    private void Reactivate(Anomaly original)
    {
        if (original.ArchivedAt is null) return; // another record of this scan has done it
        var change = new Changeset().Add("status", original.Status, AnomalyStatus.Active).Add<long?>("operation_id", null, scan.OperationId);
        db.Add(Change.Of(AnomalyHistory.ObjectType, original.Id, Change.Update, change.Json, null, now));
        (original.Status, original.ArchivedAt, original.Updated) = (AnomalyStatus.Active, null, now);
        db.Update(original);
    }

    // Open anomalies of checks that were all asserted now, and that were not found again. Without a fingerprint the checks must have passed.
    private async Task ResolveAsync(ScannedContainer found, CancellationToken cancel)
    {
        var prints = found.Anomalies.Select(a => a.Fingerprint).OfType<long>().ToHashSet();
        var asserted = found.Results.Where(r => r.Result != FoundResult.Unasserted).Select(r => r.CheckId).ToHashSet();
        var passed = found.Results.Where(r => r.Result == FoundResult.Passed).Select(r => r.CheckId).ToHashSet();
        var open = await db.Set<Anomaly>().AsNoTracking().Where(a => a.ContainerId == scan.ContainerId && a.ArchivedAt == null && a.ContainerScanId != scan.Id).ToListAsync(cancel);
        var ids = open.Select(a => a.Id).ToArray();
        var failed = (await db.Set<FailedCheck>().Where(f => EF.Parameter(ids).Contains(f.AnomalyId)).Select(f => new { f.AnomalyId, f.CheckId }).ToListAsync(cancel)).ToLookup(f => f.AnomalyId, f => f.CheckId);
        foreach (var anomaly in open)
        {
            var checks = failed[anomaly.Id].ToList();
            if (checks.Count == 0 || !checks.All(asserted.Contains)) continue;
            if (anomaly.Fingerprint is { } print ? prints.Contains(print) : !checks.All(passed.Contains)) continue;
            var change = new Changeset().Add("status", anomaly.Status, AnomalyStatus.Resolved).Add<long?>("operation_id", null, scan.OperationId);
            db.Add(Change.Of(AnomalyHistory.ObjectType, anomaly.Id, Change.Update, change.Json, null, now));
            (anomaly.Status, anomaly.ArchivedAt, anomaly.Updated) = (AnomalyStatus.Resolved, now, now);
            db.Update(anomaly);
        }
        await db.SaveChangesAsync(cancel);
        db.ChangeTracker.Clear();
    }

    private async Task<Known> KnownAsync(ScannedContainer found, CancellationToken cancel)
    {
        var prints = found.Anomalies.Select(a => a.Fingerprint).OfType<long>().Distinct().ToArray();
        var messages = found.Anomalies.All(a => a.Fingerprint is not null) ? [] : await db.Set<Anomaly>()
            .Where(a => a.ContainerId == scan.ContainerId && a.Fingerprint == null && a.ArchivedAt == null).Select(a => a.Message).ToListAsync(cancel);
        var rows = await db.Set<Anomaly>().AsNoTracking().Where(a => a.ContainerId == scan.ContainerId && a.Fingerprint != null && EF.Parameter(prints).Contains(a.Fingerprint.Value))
            .OrderBy(a => a.Id).ToListAsync(cancel);
        return new Known(
            rows.Where(a => a.ArchivedAt is null).Select(a => a.Fingerprint!.Value).ToHashSet(), messages.ToHashSet(StringComparer.Ordinal),
            rows.Where(a => a.ArchivedAt is not null && a.Status != AnomalyStatus.Duplicate).GroupBy(a => a.Fingerprint!.Value).ToDictionary(g => g.Key, g => g.Last()));
    }

    private async Task<Company> CompanyAsync(ScannedContainer found, CancellationToken cancel)
    {
        var ids = found.Anomalies.SelectMany(a => a.Failures).Select(f => f.CheckId).Distinct().ToArray();
        var checks = await db.Set<QualityCheck>().AsNoTracking().Where(c => EF.Parameter(ids).Contains(c.Id)).ToDictionaryAsync(c => c.Id, cancel);
        var tags = await db.Set<CheckTag>().Where(t => EF.Parameter(ids).Contains(t.CheckId)).Join(db.Set<Tag>(), t => t.TagId, t => t.Id, (t, tag) => new { t.CheckId, tag.Id, tag.WeightModifier }).ToListAsync(cancel);
        var inherited = await db.Set<ContainerTag>().Where(t => t.ContainerId == scan.ContainerId).Join(db.Set<Tag>(), t => t.TagId, t => t.Id, (t, tag) => tag.WeightModifier).SumAsync(cancel);
        var seen = (await db.Set<FailedCheck>().Where(f => EF.Parameter(ids).Contains(f.CheckId)).Select(f => f.CheckId).Distinct().ToListAsync(cancel)).ToHashSet();
        return new Company(checks, tags.ToLookup(t => t.CheckId, t => t.Id), tags.GroupBy(t => t.CheckId).ToDictionary(g => g.Key, g => g.Sum(t => t.WeightModifier)), inherited, seen);
    }

    /// <summary>What earlier scans found: fingerprints of open ones, messages of those that have none, and of archived ones the newest.</summary>
    private sealed record Known(HashSet<long> Open, HashSet<string> Messages, Dictionary<long, Anomaly> Archived);

    private sealed record Company(
        IReadOnlyDictionary<long, QualityCheck> Checks, ILookup<long, long> Tags, IReadOnlyDictionary<long, long> Modifiers, long Inherited, IReadOnlySet<long> Seen)
    {
        public long Weight(long check) =>
            CheckWeight.Of(Checks[check].RuleType, Checks[check].Inferred, Seen.Contains(check), Modifiers.GetValueOrDefault(check) + Inherited);
    }
}
