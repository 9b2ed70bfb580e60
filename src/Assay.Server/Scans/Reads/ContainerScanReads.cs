using System.ComponentModel;
using Assay.Server.Anomalies;
using Assay.Server.Identity;
using Assay.Server.Operations;
using Assay.Server.Store;
using Assay.Server.Web.Requests;
using Assay.Server.Web.Responses;
using Microsoft.EntityFrameworkCore;
using Container = Assay.Server.Containers.Container;

namespace Assay.Server.Scans.Reads;

/// <summary>What became of one container in one scan.</summary>
/// <param name="OperationId">Null once the operation's record is deleted.</param>
/// <param name="AnomalyCount">Anomalies found then.</param>
/// <param name="OpenAnomalyCount">Those of them that are open now.</param>
/// <param name="Incremental">Whether only what was new was looked at.</param>
/// <param name="ChecksAsserted">Checks that passed or failed.</param>
/// <param name="Result"><c>success</c> or <c>failure</c>.</param>
internal sealed record ContainerScanView(
    long Id, DateTime Created, long? OperationId, OperationContainer Container, DateTime? StartTime, DateTime? EndTime, bool Incremental, long RecordsProcessed,
    long ChecksAsserted, long AnomalyCount, long OpenAnomalyCount, long ArchivedAnomalyCount, string Result, string? Message);

/// <summary>A container scan with the result of each check.</summary>
internal sealed record ContainerScanDetail(ContainerScanView Scan, IReadOnlyList<CheckResultView> CheckResults);

/// <param name="AssertionResult"><c>passed</c>, <c>failed</c> or <c>unasserted</c>.</param>
/// <param name="AssertionDetails">Why it failed or was not asserted.</param>
/// <param name="Measurement">The measured figure; null where the rule measures nothing.</param>
internal sealed record CheckResultView(
    long CheckId, long ContainerScanId, DateTime Created, string AssertionResult, string? AssertionDetails, long? AssertedRecords, long? AnomalousRecords, double? Measurement);

/// <summary>Filters of the list of container scans.</summary>
internal sealed record ContainerScanQuery : Paging
{
    [Description("Only these ids.")]
    public IReadOnlyList<long>? Id { get; set; }

    [Description("Only containers of these datastores.")]
    public IReadOnlyList<long>? Datastore { get; set; }

    [Description("Only these containers.")]
    public IReadOnlyList<long>? Container { get; set; }

    [Description("Only the latest scan of each container.")]
    public bool LatestOnly { get; set; }

    [Description("Scanned on this day (UTC).")]
    public DateOnly? CreatedDate { get; set; }

    [Description("Sort by time (desc when left out).")]
    [OneOf("asc", "desc")]
    public string SortCreated { get; set; } = "desc";
}

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
        return new ContainerScanDetail((await ViewsAsync(db, [row], cancel))[0], [.. results.Select(Show)]);
    }

    public static CheckResultView Show(CheckResult r) => new(r.CheckId, r.ContainerScanId, r.Created, r.AssertionResult, r.AssertionDetails, r.AssertedRecords, r.AnomalousRecords,
        r.Measurement is { } text ? double.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : null);

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
