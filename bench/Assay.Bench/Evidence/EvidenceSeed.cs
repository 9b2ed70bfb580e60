using Assay.Bench.Hosting;
using Assay.Server.Settings;
using Assay.Server.Store;
using Dapper;

namespace Assay.Bench.Evidence;

/// <summary>A scan with its results in the metadata store, made by SQL, alike on both.</summary>
internal sealed class EvidenceSeed(Servers servers) : IAsyncDisposable
{
    private readonly StoreConnections store = new(StoreOptions.From(new AssaySettings { Data = servers.Folder, Database = servers.Database }));

    /// <summary>A container of eight fields, a check on it, and a scan in which so many rows fail it.</summary>
    public async Task<SeededScan> ScanAsync(int rows)
    {
        await ExecuteAsync(
            "INSERT INTO connections (name, name_key, type, store_type, host, port, username, parameters, revision, created, updated) VALUES ('source', 'source', 'postgresql', 'jdbc', '127.0.0.1', 1, 'x', '{}', 0, 1, 1)",
            """
            INSERT INTO datastores (name, name_key, connection_id, type, store_type, database, schema, enrichment_only, enrichment_prefix, enrichment_source_record_limit, enrichment_remediation_strategy,
                high_count_rollup_threshold, connected, containers, records, active_anomalies, created, updated)
            VALUES ('Source', 'source', (SELECT MAX(id) FROM connections), 'postgresql', 'jdbc', 'd', 's', FALSE, '_bench', 10, 'append', 1000, TRUE, 1, 1, 0, 1, 1)
            """,
            "INSERT INTO containers (datastore_id, name, container_type, records_quality, field_count, fingerprint, sync_state, user_settings, keys, created, updated) SELECT MAX(id), 'orders', 'table', 'unknown', 8, 'f', 'available', '', '[]', 1, 1 FROM datastores",
            """
            INSERT INTO fields (container_id, name, ordinal, type, native_type, column_size, decimal_digits, status, created)
            SELECT (SELECT MAX(id) FROM containers), name, ordinal, type, native, size, digits, 'active', 1 FROM (
                SELECT 'id' AS name, 1 AS ordinal, 'Integral' AS type, 'bigint' AS native, CAST(NULL AS bigint) AS size, CAST(NULL AS bigint) AS digits UNION ALL SELECT 'customer', 2, 'String', 'text', NULL, NULL
                UNION ALL SELECT 'amount', 3, 'Fractional', 'numeric(12,2)', 12, 2 UNION ALL SELECT 'weight', 4, 'Fractional', 'double precision', NULL, NULL
                UNION ALL SELECT 'paid', 5, 'Boolean', 'boolean', NULL, NULL UNION ALL SELECT 'day', 6, 'Date', 'date', NULL, NULL
                UNION ALL SELECT 'at', 7, 'Timestamp', 'timestamp with time zone', NULL, NULL UNION ALL SELECT 'note', 8, 'String', 'text', NULL, NULL) f
            """,
            "INSERT INTO quality_checks (container_id, rule_type, description, status, inferred, is_template, template_locked, identity, created, last_updated, num_container_scans) SELECT MAX(id), 'notNegative', 'Amounts are not negative', 'Active', FALSE, FALSE, FALSE, 'bench', 1, 1, 0 FROM containers",
            "INSERT INTO operations (type, datastore_id, result, triggered_by, settings, status, created, start_time, end_time, attempt, interruptions) SELECT 'scan', MAX(id), 'success', 'admin', '{}', '{}', 1, 1, 2, 1, 0 FROM datastores",
            "INSERT INTO container_scans (operation_id, container_id, created, start_time, end_time, result, incremental, records_processed, anomaly_count, checks_asserted) SELECT MAX(o.id), (SELECT MAX(id) FROM containers), 1, 1, 2, 'success', FALSE, 1, 1, 1 FROM operations o",
            "INSERT INTO check_results (container_scan_id, check_id, created, assertion_result, asserted_records, anomalous_records) SELECT MAX(s.id), (SELECT MAX(id) FROM quality_checks), 1, 'failed', 1, 1 FROM container_scans s",
            $"""
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {rows})
            INSERT INTO anomalies (uuid, container_id, operation_id, container_scan_id, type, message, status, anomalous_records_count, fingerprint, weight, source_enriched, created, updated)
            SELECT '0c0ffee0-0000-4000-8000-' || substr(CAST(100000000000 + i AS text), 1, 12), (SELECT MAX(id) FROM containers), (SELECT MAX(id) FROM operations), (SELECT MAX(id) FROM container_scans), 'record', 'amount: the value of -5.25 is negative', 'Active', 1, i, 3, FALSE, 1700000000000000, 1 FROM n
            """,
            "INSERT INTO failed_checks (anomaly_id, check_id, message) SELECT id, (SELECT MAX(id) FROM quality_checks), message FROM anomalies",
            """
            INSERT INTO anomaly_source_records (anomaly_id, position, container_id, record)
            SELECT id, 0, container_id, '{"id":' || id || ',"customer":"customer ' || id || '","amount":-5.25,"weight":0.125,"paid":true,"day":"2024-02-29","at":"2024-02-29T12:34:56.789012Z","note":"a note that says \"why\" at some length"}' FROM anomalies
            """,
            store.Kind == StoreKind.Postgres ? "ANALYZE anomalies, failed_checks, anomaly_source_records" : "PRAGMA wal_checkpoint(TRUNCATE)");
        return new SeededScan(await ScalarAsync("SELECT MAX(id) FROM datastores"), await ScalarAsync("SELECT MAX(id) FROM containers"), await ScalarAsync("SELECT MAX(id) FROM container_scans"), await ScalarAsync("SELECT MAX(id) FROM operations"));
    }

    /// <summary>Lets the evidence be written.</summary>
    public Task QueueAsync(SeededScan scan, long targetId, string prefix) => ExecuteAsync(
        $"INSERT INTO evidence_outbox (target_id, datastore_id, container_scan_id, operation_id, prefix, remediation, source_record_limit, max_records_analyzed, created) VALUES ({targetId}, {scan.Datastore}, {scan.Id}, {scan.Operation}, '{prefix}', 'append', 10, -1, 1)",
        $"INSERT INTO evidence_state (datastore_id) VALUES ({targetId}) ON CONFLICT (datastore_id) DO NOTHING");

    public async Task<long> ScalarAsync(string sql)
    {
        await using var connection = await store.OpenAsync(CancellationToken.None);
        return await connection.ExecuteScalarAsync<long>(sql);
    }

    public async Task ExecuteAsync(params string[] statements)
    {
        await using var connection = await store.OpenAsync(CancellationToken.None);
        foreach (var statement in statements) await connection.ExecuteAsync(new CommandDefinition(statement, commandTimeout: 600));
    }

    public ValueTask DisposeAsync() => store.DisposeAsync();
}

/// <summary>The ids of what was made.</summary>
internal sealed record SeededScan(long Datastore, long Container, long Id, long Operation);
