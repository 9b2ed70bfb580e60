using System.Data.Common;
using Assay.Server.Anomalies;
using Assay.Server.Store;
using Assay.Server.Store.Bulk;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Assay.Server.Scans.Results;

/// <summary>Pours a scan's anomalies into the store with what belongs to them, in the caller's transaction: a scan may find very many.</summary>
internal sealed class AnomalyRows(AssayDb db, long scanId)
{
    private static readonly BulkTable Anomalies = new("anomalies",
        ("uuid", BulkType.Text), ("container_id", BulkType.Number), ("operation_id", BulkType.Number), ("container_scan_id", BulkType.Number), ("type", BulkType.Text),
        ("message", BulkType.Text), ("status", BulkType.Text), ("archived_at", BulkType.Number), ("partition", BulkType.Text), ("anomalous_records_count", BulkType.Number),
        ("fingerprint", BulkType.Number), ("weight", BulkType.Number), ("source_enriched", BulkType.Flag), ("created", BulkType.Number), ("updated", BulkType.Number));

    private static readonly BulkTable FailedChecks = new("failed_checks",
        ("anomaly_id", BulkType.Number), ("check_id", BulkType.Number), ("message", BulkType.Text), ("suggested_field", BulkType.Text), ("suggested_value", BulkType.Text), ("suggested_score", BulkType.Real));

    private static readonly BulkTable Records = new("anomaly_source_records",
        ("anomaly_id", BulkType.Number), ("position", BulkType.Number), ("container_id", BulkType.Number), ("context", BulkType.Text), ("record", BulkType.Text));

    private static readonly BulkTable Tags = new("anomaly_tags", ("anomaly_id", BulkType.Number), ("tag_id", BulkType.Number));

    private static readonly BulkTable Assignees = new("anomaly_assignees", ("anomaly_id", BulkType.Number), ("user_id", BulkType.Number));

    private DbTransaction Transaction => db.Database.CurrentTransaction!.GetDbTransaction();

    /// <param name="tags">The tags that an anomaly gets for a failure.</param>
    /// <param name="assignee">Who is to look after it for a failure; null for nobody.</param>
    public async Task PourAsync(
        IReadOnlyList<(FoundAnomaly Found, Anomaly Row)> anomalies, Func<FoundFailure, IEnumerable<long>> tags, Func<FoundFailure, long?> assignee, CancellationToken cancel)
    {
        if (anomalies.Count == 0) return;
        await Transaction.PourAsync(Anomalies, anomalies.Select(a => Values(a.Row)), cancel);
        // Both stores number rows in the order in which they come.
        var ids = await db.Set<Anomaly>().Where(a => a.ContainerScanId == scanId).OrderBy(a => a.Id).Select(a => a.Id).ToListAsync(cancel);
        IEnumerable<object?[]> Each(Func<long, FoundAnomaly, IEnumerable<object?[]>> rows) => anomalies.SelectMany((a, i) => rows(ids[i], a.Found));
        await Transaction.PourAsync(FailedChecks, Each((id, found) => found.Failures.DistinctBy(f => f.CheckId)
            .Select(f => new object?[] { id, f.CheckId, f.Message, f.SuggestedField, f.SuggestedValue, f.SuggestedScore })), cancel);
        await Transaction.PourAsync(Records, anomalies.SelectMany((a, i) => a.Found.Records.Select((record, position) =>
            new object?[] { ids[i], (long)position, a.Row.ContainerId, record.Context, record.Json })), cancel);
        await Transaction.PourAsync(Tags, Each((id, found) => found.Failures.SelectMany(tags).Distinct().Select(tag => new object?[] { id, tag })), cancel);
        await Transaction.PourAsync(Assignees, Each((id, found) => found.Failures.Select(assignee).OfType<long>().Distinct().Select(user => new object?[] { id, user })), cancel);
    }

    private static object?[] Values(Anomaly row) =>
    [
        row.Uuid, row.ContainerId, row.OperationId, row.ContainerScanId, row.Type, row.Message, row.Status, row.ArchivedAt is { } archived ? Microseconds.From(archived) : null,
        row.Partition, row.AnomalousRecordsCount, row.Fingerprint, row.Weight, row.SourceEnriched, Microseconds.From(row.Created), Microseconds.From(row.Updated),
    ];
}
