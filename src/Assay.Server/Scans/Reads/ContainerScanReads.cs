using Assay.Server.Anomalies;
using Assay.Server.Checks.Reads;
using Assay.Server.Identity;
using Assay.Server.Operations;
using Assay.Server.Store;
using Assay.Server.Web.Responses;
using Microsoft.EntityFrameworkCore;
using Container = Assay.Server.Containers.Container;
using Partition = Assay.Server.Containers.Partition;

namespace Assay.Server.Scans.Reads;

/// <summary>What became of one container in one scan.</summary>
/// <param name="OperationId">Null once the operation's record is deleted.</param>
/// <param name="AnomalyCount">Anomalies found then.</param>
/// <param name="OpenAnomalyCount">Those of them that are open now.</param>
/// <param name="Incremental">Whether only what was new was looked at.</param>
/// <param name="ChecksAsserted">Checks that passed or failed.</param>
/// <param name="Result"><c>success</c> or <c>failure</c>.</param>
internal record ContainerScanView(
    long Id, DateTime Created, long? OperationId, OperationContainer Container, DateTime? StartTime, DateTime? EndTime, bool Incremental, long RecordsProcessed,
    long ChecksAsserted, long AnomalyCount, long OpenAnomalyCount, long ArchivedAnomalyCount, string Result, string? Message);

/// <summary>Reads container scans with how their anomalies stand now.</summary>
internal sealed class ContainerScanReads(AssayDb db)
{
    public async Task<PageOf<ContainerScanView>> PageAsync(ContainerScanQuery query, Caller caller, CancellationToken cancel)
    {
        var visible = db.DatastoresVisibleTo(caller);
        var containers = db.Set<Container>().Where(c => c.DeletedAt == null && visible.Any(d => d.Id == c.DatastoreId));
        if (query.Datastore is { } datastores) containers = containers.Where(c => datastores.Contains(c.DatastoreId));
        if (query.Container is { } wanted) containers = containers.Where(c => wanted.Contains(c.Id));
        var rows = db.Set<ContainerScan>().AsNoTracking().Where(s => containers.Any(c => c.Id == s.ContainerId));
        if (query.Id is { } ids) rows = rows.Where(s => ids.Contains(s.Id));
        if (query.LatestOnly) rows = rows.Where(s => !db.Set<ContainerScan>().Any(o => o.ContainerId == s.ContainerId && o.Id > s.Id));
        if (query.CreatedDate is { } day && day < DateOnly.MaxValue)
        {
            var (from, until) = (day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc), day.AddDays(1).ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc));
            rows = rows.Where(s => s.Created >= from && s.Created < until);
        }
        var page = await rows.By(query.SortCreated, s => s.Created).By(query.SortCreated, s => s.Id).ToPageAsync(query, cancel);
        return page.With(await ViewsAsync(db, page.Items, cancel));
    }

    public async Task<ContainerScanDetail?> FindAsync(long id, CancellationToken cancel)
    {
        if (await db.Set<ContainerScan>().AsNoTracking().FirstOrDefaultAsync(s => s.Id == id, cancel) is not { } row) return null;
        var results = await db.Set<CheckResult>().AsNoTracking().Where(r => r.ContainerScanId == id).OrderBy(r => r.CheckId).ToListAsync(cancel);
        var hidden = await CheckMask.HiddenAsync(db, [.. results.Select(r => r.CheckId)], cancel);
        return new ContainerScanDetail((await ViewsAsync(db, [row], cancel))[0], await PartitionsAsync(row, cancel), [.. results.Select(r => CheckResultView.Of(r, hidden.Contains(r.CheckId)))]);
    }

    private async Task<IReadOnlyList<PartitionScanView>> PartitionsAsync(ContainerScan scan, CancellationToken cancel)
    {
        var places = (await db.Set<Partition>().AsNoTracking().Where(p => p.ContainerId == scan.ContainerId).Select(p => new { p.Id, p.Name, p.Location }).ToListAsync(cancel)).ToDictionary(p => p.Name, StringComparer.Ordinal);
        return [.. (await db.Set<PartitionScan>().AsNoTracking().Where(p => p.ContainerScanId == scan.Id).OrderBy(p => p.Name).ToListAsync(cancel))
            .Select(p => new PartitionScanView(p.Id, p.Created, new ScannedPartition(places.GetValueOrDefault(p.Name)?.Id, p.Name, places.GetValueOrDefault(p.Name)?.Location),
                p.RecordsProcessed, p.AnomalyCount, p.Result, p.Message))];
    }

    public static async Task<IReadOnlyList<ContainerScanView>> ViewsAsync(AssayDb db, IReadOnlyList<ContainerScan> rows, CancellationToken cancel)
    {
        var ids = rows.Select(s => s.Id).ToArray();
        var containerIds = rows.Select(s => s.ContainerId).Distinct().ToArray();
        var containers = await db.Set<Container>().AsNoTracking().Where(c => containerIds.Contains(c.Id)).ToDictionaryAsync(c => c.Id, cancel);
        var counts = await db.Set<Anomaly>().Where(a => a.ContainerScanId != null && ids.Contains(a.ContainerScanId.Value)).GroupBy(a => a.ContainerScanId!.Value)
            .Select(g => new { g.Key, Open = g.LongCount(a => a.ArchivedAt == null), Archived = g.LongCount(a => a.ArchivedAt != null) }).ToDictionaryAsync(g => g.Key, cancel);
        return [.. rows.Where(s => containers.ContainsKey(s.ContainerId)).Select(s => new ContainerScanView(
            s.Id, s.Created, s.OperationId, OperationParts.Stub(containers[s.ContainerId]), s.StartTime, s.EndTime, s.Incremental, s.RecordsProcessed, s.ChecksAsserted,
            s.AnomalyCount, counts.GetValueOrDefault(s.Id)?.Open ?? 0, counts.GetValueOrDefault(s.Id)?.Archived ?? 0, s.Result, s.Message))];
    }
}
