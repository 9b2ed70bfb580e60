using System.Text;
using Assay.Server.Datastores;
using Assay.Server.Enrichment.Remediation;
using Assay.Server.Enrichment.Tables;
using Assay.Server.Store.Reads;
using Assay.Sources.Writing;

namespace Assay.Server.Enrichment.Delivery;

/// <summary>The tables of a scan's evidence, in the order in which they are written. The scan itself comes last: who sees its row finds the rest.</summary>
internal static class EvidenceParts
{
    public const int CheckMetrics = 0, FailedChecks = 1, SourceRecords = 2, Remediation = 3, ScanOperations = 4, Count = 5;

    private const string Anomalies = "anomalies a";
    private const string NearAnomaly = " AND a.id >= @a AND a.id <= @c";
    private const string Records = $"{Anomalies} JOIN anomaly_source_records s ON s.anomaly_id = a.id WHERE a.container_scan_id = @scan";

    /// <param name="written">The columns that the remediation table has got so far.</param>
    /// <returns>Null where there is nothing of that kind to write.</returns>
    public static EvidencePart? Of(int step, ScanEvidence scan, IReadOnlyList<TableColumn> written) => step switch
    {
        CheckMetrics => Metrics(scan),
        FailedChecks => Failures(scan),
        SourceRecords => Kept(scan),
        Remediation => scan.Entry.Remediation == Datastore.NoRemediation ? null : Rows(scan, written),
        _ => Operation(scan),
    };

    public static string RemediationTable(ScanEvidence scan) => RemediationColumns.Table(scan.Entry.Prefix, scan.Container.Id, []).Name;

    private static EvidencePart Metrics(ScanEvidence scan) => new(
        EvidenceTables.Of(scan.Entry.Prefix, EvidenceTables.CheckMetrics), Owner(scan, EvidenceTables.CheckMetrics),
        PartitionEvidence.Metrics, PartitionEvidence.MetricsKeys, PartitionEvidence.MetricsColumns,
        lines => row => Values(lines,
            scan.Entry.OperationId, scan.Container.Id, scan.Datastore, scan.Container.Name, Text(row, 5) ?? scan.Partition,
            Text(row, 0), Text(row, 1) is { } details ? scan.Checks.GetValueOrDefault(row.Number(2))?.Masked ?? details : null, row.Number(2), Number(row, 3), Number(row, 4), Text(row, 5) ?? scan.Partition));

    private static EvidencePart Failures(ScanEvidence scan) => new(
        EvidenceTables.Of(scan.Entry.Prefix, EvidenceTables.FailedChecks), Owner(scan, EvidenceTables.FailedChecks),
        $"{Anomalies} JOIN failed_checks f ON f.anomaly_id = a.id WHERE a.container_scan_id = @scan", ("a.id", "f.check_id"), FailureLines.Columns,
        lines => new FailureLines(scan, lines).Write)
    { Near = NearAnomaly };

    private static EvidencePart Kept(ScanEvidence scan) => new(
        EvidenceTables.Of(scan.Entry.Prefix, EvidenceTables.SourceRecords), Owner(scan, EvidenceTables.SourceRecords), Records, ("a.id", "s.position"), RecordLines.Columns,
        lines => new RecordLines(scan, lines).Write)
    { Near = NearAnomaly };

    private static EvidencePart Rows(ScanEvidence scan, IReadOnlyList<TableColumn> written)
    {
        var columns = RemediationColumns.Of(scan.Fields, written);
        return new(
            RemediationColumns.Table(scan.Entry.Prefix, scan.Container.Id, columns), new TableOwner(scan.Entry.DatastoreId, scan.Container.Id, scan.Container.Name), Records, ("a.id", "s.position"),
            RemediationLines.Columns, lines => new RemediationLines(columns, scan.Partition, lines).Write)
        { Near = NearAnomaly, Replaces = scan.Entry.Remediation == "overwrite", OnlyWithRows = true };
    }

    private static EvidencePart Operation(ScanEvidence scan) => new(
        EvidenceTables.Of(scan.Entry.Prefix, EvidenceTables.ScanOperations), Owner(scan, EvidenceTables.ScanOperations),
        PartitionEvidence.Scans, PartitionEvidence.ScansKeys, PartitionEvidence.ScansColumns,
        lines => row => Values(lines,
            scan.Entry.OperationId, scan.Entry.DatastoreId, scan.Container.Id, Text(row, 0) ?? scan.Partition, scan.Scan.Incremental, Number(row, 1),
            scan.Entry.SourceRecordLimit, scan.Entry.MaxRecordsAnalyzed, Number(row, 2), scan.Scan.StartTime, scan.Scan.EndTime, scan.Scan.Result, scan.Scan.Message));

    private static TableOwner Owner(ScanEvidence scan, string label) => new(scan.Entry.DatastoreId, null, label);

    private static void Values(RowLines lines, params ReadOnlySpan<object?> values)
    {
        foreach (var value in values) lines.Value(value);
    }

    private static string? Text(Utf8Row row, int column) => row.IsNull(column) ? null : Encoding.UTF8.GetString(row.Text(column));

    private static object? Number(Utf8Row row, int column) => row.IsNull(column) ? null : row.Number(column);
}
