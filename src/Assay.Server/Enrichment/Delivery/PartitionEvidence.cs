namespace Assay.Server.Enrichment.Delivery;

/// <summary>
/// The rows of a scan's evidence that are about its partitions, as statements on the metadata store. What is not known by partition is one row
/// about the container, whose second key is 0.
/// </summary>
internal static class PartitionEvidence
{
    public const string Metrics = """
        check_results r
        LEFT JOIN partition_scans p ON p.container_scan_id = r.container_scan_id AND r.by_partition
        LEFT JOIN partition_results q ON q.partition_scan_id = p.id AND q.check_id = r.check_id
        WHERE r.container_scan_id = @scan
        """;

    public static readonly (string, string) MetricsKeys = ("r.check_id", "COALESCE(p.id, 0)");

    /// <summary>A check that failed did so in the partitions that have anomalous records.</summary>
    public const string MetricsColumns = """
        CASE WHEN p.id IS NOT NULL AND r.assertion_result = 'failed' AND COALESCE(q.anomalous_records, 0) = 0 THEN 'passed' ELSE r.assertion_result END,
        CASE WHEN p.id IS NULL THEN r.assertion_details ELSE q.assertion_details END, r.check_id,
        CASE WHEN p.id IS NULL THEN r.asserted_records ELSE COALESCE(q.asserted_records, p.records_processed) END,
        CASE WHEN p.id IS NULL THEN r.anomalous_records ELSE COALESCE(q.anomalous_records, 0) END, p.name
        """;

    /// <summary>The anomalies that lie in none of several partitions have a row of their own, so that the rows of a scan add up to its figures.</summary>
    public const string Scans = """
        (
            SELECT p.container_scan_id AS scan, p.id, p.name, p.records_processed, p.anomaly_count FROM partition_scans p
            WHERE p.container_scan_id = @scan AND EXISTS (SELECT 1 FROM partition_scans o WHERE o.container_scan_id = @scan AND o.id <> p.id)
            UNION ALL
            SELECT c.id, 0, CASE WHEN s.parts = 1 THEN s.name END, c.records_processed - s.records, c.anomaly_count - s.anomalies FROM container_scans c
            JOIN (
                SELECT COUNT(*) AS parts, MIN(name) AS name, CASE WHEN COUNT(*) > 1 THEN SUM(records_processed) ELSE 0 END AS records,
                    CASE WHEN COUNT(*) > 1 THEN SUM(anomaly_count) ELSE 0 END AS anomalies
                FROM partition_scans WHERE container_scan_id = @scan
            ) s ON s.parts <= 1 OR c.anomaly_count > s.anomalies OR c.records_processed > s.records
            WHERE c.id = @scan
        ) v WHERE v.scan = @scan
        """;

    public static readonly (string, string) ScansKeys = ("v.scan", "v.id");

    public const string ScansColumns = "v.name, CAST(v.records_processed AS BIGINT), CAST(v.anomaly_count AS BIGINT)";
}
