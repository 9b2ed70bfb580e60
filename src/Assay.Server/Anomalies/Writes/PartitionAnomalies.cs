using Assay.Server.Containers;
using Assay.Server.Identity;
using Assay.Server.Store;
using Assay.Server.Web.Responses;
using Microsoft.EntityFrameworkCore;

namespace Assay.Server.Anomalies.Writes;

/// <summary>Decides about all open anomalies in a partition at once.</summary>
internal sealed class PartitionAnomalies(AssayDb db, AnomalyWriter writer)
{
    private static readonly string[] Statuses =
        [AnomalyStatus.Active, AnomalyStatus.Acknowledged, AnomalyStatus.Resolved, AnomalyStatus.Duplicate, AnomalyStatus.Invalid, AnomalyStatus.Discarded];

    /// <returns>Null where all of them have the status.</returns>
    public async Task<Failure?> DecideAsync(long partition, string status, Caller caller, CancellationToken cancel)
    {
        if (!Statuses.Contains(status))
            return Failure.Invalid(new FieldError(["path", "new_status"], $"Input should be {string.Join(", ", Statuses.Select(s => $"'{s}'"))}", "enum"));
        if (await db.Set<Partition>().AsNoTracking().FirstOrDefaultAsync(p => p.Id == partition, cancel) is not { } row) return Failure.NotFound("Partition", partition);
        var ids = await db.Set<Anomaly>().Where(a => a.ContainerId == row.ContainerId && a.Partition == row.Name && a.ArchivedAt == null).Select(a => a.Id).ToListAsync(cancel);
        var outcome = AnomalyStatus.IsOpen(status)
            ? await writer.UpdateAsync([.. ids.Select(id => new AnomalyChange { Id = id, Status = status })], caller, cancel)
            : await writer.RemoveAsync([.. ids.Select(id => new AnomalyRemovalRequest { Id = id, Status = status })], caller, cancel);
        return outcome.Failure;
    }
}
