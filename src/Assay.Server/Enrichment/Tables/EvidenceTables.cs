using Assay.Sources.Writing;

namespace Assay.Server.Enrichment.Tables;

/// <summary>The four tables that scans write for every source.</summary>
internal static class EvidenceTables
{
    public const string CheckMetrics = "check_metrics";
    public const string FailedChecks = "failed_checks";
    public const string SourceRecords = "source_records";
    public const string ScanOperations = "scan_operations";

    public static readonly IReadOnlyList<string> All = [CheckMetrics, FailedChecks, SourceRecords, ScanOperations];

    public static TableShape Of(string prefix, string what) => new(EvidenceTableName.Of(prefix, what), Columns[what]);

    private static readonly Dictionary<string, IReadOnlyList<TableColumn>> Columns = new(StringComparer.Ordinal)
    {
        [CheckMetrics] =
        [
            Number("operation_id"), Number("container_id"), Text("source_datastore"), Text("source_container"), Text("source_partition"),
            Text("assertion_result"), Text("assertion_details"), Number("quality_check_id"), Number("asserted_records_count"),
            Number("anomalous_records_count"), Text(Remediation.RemediationColumns.Partition),
        ],
        [FailedChecks] =
        [
            Number("quality_check_id"), Text("anomaly_uuid"), Text("quality_check_message"), Text("suggested_remediation_field"),
            Text("suggested_remediation_value"), new("suggested_remediation_score", TableType.Fractional), Text("quality_check_rule_type"),
            Text("quality_check_tags"), Text("quality_check_parameters"), Text("quality_check_description"), Text("quality_check_metadata"),
            Text("quality_check_fields"), Number("anomalous_records_count"), Number("operation_id"), new("detected_time", TableType.Timestamp),
            Text("source_container"), Text("source_partition"), Text("source_datastore"), Number("fingerprint"),
        ],
        [SourceRecords] = [Text("source_container"), Text("source_partition"), Text("anomaly_uuid"), Text("context"), Text("record")],
        [ScanOperations] =
        [
            Number("operation_id"), Number("datastore_id"), Number("container_id"), Text("partition_name"), new("incremental", TableType.Boolean),
            Number("records_processed"), Number("enrichment_source_record_limit"), Number("max_records_analyzed"), Number("anomaly_count"),
            new("start_time", TableType.Timestamp), new("end_time", TableType.Timestamp), Text("result"), Text("message"),
        ],
    };

    private static TableColumn Text(string name) => new(name, TableType.Text);

    private static TableColumn Number(string name) => new(name, TableType.Integral);
}
