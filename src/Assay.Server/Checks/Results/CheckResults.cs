using Assay.Server.Anomalies;
using Assay.Server.Checks.Reads;
using Assay.Server.Identity;
using Assay.Server.Scans;
using Assay.Server.Scans.Reads;
using Assay.Server.Store;
using Assay.Server.Web.Responses;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Checks.Results;

/// <summary>Reads what scans found out about checks.</summary>
internal sealed class CheckResults(AssayDb db, CheckReads checks)
{
    /// <summary>Figures or anomalies that are shown of a check.</summary>
    private const int MostOfEach = 100;

    /// <summary>Rules whose figure is worth a chart.</summary>
    private static readonly string[] Measuring = ["metric", "volumetric", "freshness", "sum", "distinctCount", "fieldCount", "minPartitionSize", "maxPartitionSize"];

    public async Task<PageOf<CheckResultView>> PageAsync(long check, CheckResultQuery query, CancellationToken cancel)
    {
        var rows = db.Set<CheckResult>().AsNoTracking().Where(r => r.CheckId == check);
        if (query.AssertionResult is { } wanted) rows = rows.Where(r => wanted.Contains(r.AssertionResult));
        var page = await rows.By(query.SortCreated, r => r.Created).By(query.SortCreated, r => r.ContainerScanId).ToPageAsync(query, cancel);
        var hidden = (await CheckMask.HiddenAsync(db, [check], cancel)).Contains(check);
        return page.With([.. page.Items.Select(r => CheckResultView.Of(r, hidden))]);
    }

    public async Task<PageOf<MeasuredCheckView>> MeasuredAsync(CheckQuery query, Caller caller, CancellationToken cancel)
    {
        var rules = query.RuleType is { } asked ? asked.Where(Measuring.Contains).ToArray() : Measuring;
        var page = await checks.PageAsync(query with { RuleType = rules }, caller, cancel);
        var ids = page.Items.Select(c => c.Id).ToArray();
        var found = (await db.Set<QualityCheck>().Where(c => ids.Contains(c.Id)).SelectMany(c => db.Set<CheckResult>().Where(r => r.CheckId == c.Id && r.Measurement != null)
            .OrderByDescending(r => r.ContainerScanId).Take(MostOfEach)).ToListAsync(cancel)).ToLookup(r => r.CheckId);
        return page.With([.. page.Items.Select(c => new MeasuredCheckView(c, [.. (c.IsMasked ? [] : found[c.Id]).OrderBy(r => r.ContainerScanId).Select(r => new CheckMeasurement(r.Created, CheckResultView.Number(r.Measurement)!.Value))]))]);
    }

    public async Task<PageOf<ObservedCheckView>> ObservedAsync(CheckQuery query, Caller caller, CancellationToken cancel)
    {
        var page = await checks.PageAsync(query, caller, cancel);
        var ids = page.Items.Select(c => c.Id).ToArray();
        var found = (await db.Set<QualityCheck>().Where(c => ids.Contains(c.Id)).SelectMany(c => db.Set<FailedCheck>().Where(f => f.CheckId == c.Id)
            .OrderByDescending(f => f.AnomalyId).Take(MostOfEach)).Join(db.Set<Anomaly>(), f => f.AnomalyId, a => a.Id, (f, a) => new { f.CheckId, a.Created, a.Id, a.Status }).ToListAsync(cancel)).ToLookup(a => a.CheckId);
        return page.With([.. page.Items.Select(c => new ObservedCheckView(c, [.. found[c.Id].OrderByDescending(a => a.Id).Select(a => new CheckAnomaly(a.Created, a.Id, a.Status))]))]);
    }
}
