using Assay.Server.Settings;
using Assay.Server.Store;
using Dapper;

namespace Assay.Bench.Hosting;

/// <summary>Fills a store by SQL, alike on both.</summary>
internal sealed class Seed(Servers servers) : IAsyncDisposable
{
    private readonly StoreConnections store = new(StoreOptions.From(new AssaySettings { Data = servers.Folder, Database = servers.Database }));

    private static string Numbers(int count) => $"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count})";

    /// <summary>
    /// Datastores with all that an answer shows: a hundred to a connection, groups, an enrichment store for every tenth, two tags, a team, a finished operation.
    /// </summary>
    public Task DatastoresAsync(int count) => ExecuteAsync(
        $$"""INSERT INTO connections (name, name_key, type, store_type, host, port, username, parameters, revision, created, updated) {{Numbers(Math.Max(1, count / 100))}} SELECT 'pg ' || i, 'pg ' || i, 'postgresql', 'jdbc', 'db' || i || '.example.com', 5432, 'reader', '{"statement_timeout":30}', 0, 1, 1 FROM n""",
        $"INSERT INTO datastore_groups (name, name_key, icon, created) {Numbers(20)} SELECT 'Group ' || i, 'group ' || i, 'mdi-podium-gold', 1 FROM n",
        $"INSERT INTO tags (type, name, color, weight_modifier, created) {Numbers(50)} SELECT 'global', 'tag ' || i, '#E74C3C', 1, 1 FROM n",
        Datastores(10, enrichment: true, "NULL"),
        Datastores(count, enrichment: false, "CASE WHEN i % 10 = 0 THEN (SELECT MIN(id) FROM datastores) + i % 10 END"),
        "INSERT INTO team_datastores (team_id, datastore_id) SELECT (SELECT id FROM teams WHERE is_public), id FROM datastores",
        "INSERT INTO datastore_tags (datastore_id, tag_id) SELECT id, 1 + id % 50 FROM datastores UNION ALL SELECT id, 1 + (id + 7) % 50 FROM datastores",
        "INSERT INTO operations (type, datastore_id, result, triggered_by, settings, status, created, start_time, end_time, attempt, interruptions) SELECT 'sync', id, 'success', 'admin', '{}', '{}', 1, 1, 2, 1, 0 FROM datastores",
        "INSERT INTO datastore_favorites (user_id, datastore_id) SELECT (SELECT MIN(id) FROM users), id FROM datastores WHERE NOT enrichment_only AND id % 20000 = 77");

    /// <summary>One datastore with so many containers of twenty fields each.</summary>
    public async Task<long> LargeDatastoreAsync(int containers)
    {
        await ExecuteAsync(
            "INSERT INTO connections (name, name_key, type, store_type, host, port, username, parameters, revision, created, updated) VALUES ('pg', 'pg', 'postgresql', 'jdbc', '127.0.0.1', 1, 'x', '{}', 0, 1, 1)",
            Datastores(1, enrichment: false, "NULL"));
        // In portions, as a sync would, so that the store's log stays small.
        for (var from = 0; from < containers; from += 10_000)
            await ExecuteAsync(
                $"INSERT INTO containers (datastore_id, name, container_type, records_quality, field_count, fingerprint, sync_state, user_settings, keys, created, updated) {Numbers(Math.Min(10_000, containers - from))} SELECT (SELECT MAX(id) FROM datastores), 'table_' || ({from} + i), 'table', 'unknown', 20, 'f', 'available', '', '[]', 1, 1 FROM n",
                $"INSERT INTO fields (container_id, name, ordinal, type, native_type, status, created) {Numbers(20)} SELECT c.id, 'column_' || i, i, 'String', 'text', 'active', 1 FROM containers c CROSS JOIN n WHERE c.id > (SELECT MAX(id) FROM containers) - {Math.Min(10_000, containers - from)} ORDER BY c.id, i");
        return await ScalarAsync("SELECT MAX(id) FROM datastores");
    }

    public async Task<long> ScalarAsync(string sql)
    {
        await using var connection = await store.OpenAsync(CancellationToken.None);
        return await connection.ExecuteScalarAsync<long>(sql);
    }

    /// <summary>What PostgreSQL's autovacuum does on a server that has run for a while.</summary>
    public Task SettleAsync() => store.Kind == StoreKind.Postgres ? ExecuteAsync("VACUUM ANALYZE") : ExecuteAsync("PRAGMA wal_checkpoint(TRUNCATE)");

    private static string Datastores(int count, bool enrichment, string link) => $"""
        INSERT INTO datastores (name, name_key, description, connection_id, type, store_type, database, schema, enrichment_only, group_id, enrichment_datastore_id, enrichment_prefix,
            enrichment_source_record_limit, enrichment_remediation_strategy, high_count_rollup_threshold, connected, containers, records, active_anomalies, created, updated)
        {Numbers(count)} SELECT 'Datastore ' || i, 'datastore ' || i, 'Of the benchmark', (SELECT MIN(id) FROM connections) + (i - 1) / 100, 'postgresql', 'jdbc', 'production', 'schema_' || i, {(enrichment ? "TRUE" : "FALSE")},
            CASE WHEN EXISTS (SELECT 1 FROM datastore_groups) THEN 1 + i % 20 END, {link}, '_datastore_' || i, 10, 'none', 10, TRUE, i % 97, i * 1000, i % 7, 1700000000000000 + i, 1700000000000000 + i FROM n
        """;

    private async Task ExecuteAsync(params string[] statements)
    {
        await using var connection = await store.OpenAsync(CancellationToken.None);
        foreach (var statement in statements) await connection.ExecuteAsync(new CommandDefinition(statement, commandTimeout: 600));
    }

    public ValueTask DisposeAsync() => store.DisposeAsync();
}
