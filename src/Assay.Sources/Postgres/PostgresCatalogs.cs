using Assay.Sources.Contract;

namespace Assay.Sources.Postgres;

/// <summary>Discovery: which databases a server has and which schemas a database has. One statement each.</summary>
internal static class PostgresCatalogs
{
    private const string Databases = """
        SELECT d.datname, d.datistemplate
        FROM pg_catalog.pg_database d
        WHERE d.datallowconn AND pg_catalog.has_database_privilege(d.oid, 'CONNECT')
        ORDER BY d.datname
        """;

    // Names that begin with pg_ are reserved. Temporary and TOAST schemas are nobody's to read.
    private const string Schemas = """
        SELECT n.nspname, pg_catalog.starts_with(n.nspname, 'pg_') OR n.nspname = 'information_schema'
        FROM pg_catalog.pg_namespace n
        WHERE NOT pg_catalog.starts_with(n.nspname, 'pg_temp_') AND NOT pg_catalog.starts_with(n.nspname, 'pg_toast')
          AND pg_catalog.has_schema_privilege(n.oid, 'USAGE')
        ORDER BY n.nspname
        """;

    public static Task<IReadOnlyList<CatalogEntry>> DatabasesAsync(PostgresSession session, TimeSpan timeout, CancellationToken cancel) =>
        ReadAsync(session, Databases, timeout, cancel);

    public static Task<IReadOnlyList<CatalogEntry>> SchemasAsync(PostgresSession session, TimeSpan timeout, CancellationToken cancel) =>
        ReadAsync(session, Schemas, timeout, cancel);

    private static async Task<IReadOnlyList<CatalogEntry>> ReadAsync(PostgresSession session, string sql, TimeSpan timeout, CancellationToken cancel)
    {
        await session.BeginReadingAsync(timeout, cancel);
        await using var command = session.Command(sql, timeout);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var entries = new List<CatalogEntry>();
        while (await reader.ReadAsync(cancel))
            entries.Add(new CatalogEntry(reader.GetString(0), reader.GetBoolean(1)));
        return entries;
    }
}
