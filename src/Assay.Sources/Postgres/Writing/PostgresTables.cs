using Assay.Sources.Writing;
using Npgsql;

namespace Assay.Sources.Postgres.Writing;

/// <summary>Makes tables and adds columns.</summary>
internal sealed class PostgresTables(PostgresSession session, PostgresPlace place, TimeSpan timeout)
{
    private const string ColumnsSql = """
        SELECT a.attname::text FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid = a.attrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = $1 AND c.relname = $2 AND a.attnum > 0 AND NOT a.attisdropped
        """;

    public async Task PrepareAsync(TableShape table, CancellationToken cancel)
    {
        // Two that make the same table at once would both find it missing.
        await LockAsync(cancel);
        var there = await ColumnsAsync(table.Name, cancel);
        if (there.Count == 0)
            await session.ExecuteAsync($"CREATE TABLE {place.Table(table.Name)} ({string.Join(", ", table.Columns.Select(Definition))})", timeout, cancel);
        else if (table.Columns.Where(c => !there.Contains(c.Name)).ToList() is { Count: > 0 } missing)
            await session.ExecuteAsync($"ALTER TABLE {place.Table(table.Name)} {string.Join(", ", missing.Select(c => $"ADD COLUMN {Definition(c)}"))}", timeout, cancel);
    }

    private async Task LockAsync(CancellationToken cancel)
    {
        await using var command = session.Command(
            "SELECT pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended('assay tables of ' || $1, 0))", timeout, new NpgsqlParameter { Value = place.Schema });
        await command.ExecuteNonQueryAsync(cancel);
    }

    private async Task<HashSet<string>> ColumnsAsync(string table, CancellationToken cancel)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        await using var command = session.Command(ColumnsSql, timeout, new NpgsqlParameter { Value = place.Schema }, new NpgsqlParameter { Value = table });
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel)) names.Add(rows.GetString(0));
        return names;
    }

    private static string Definition(TableColumn column) => $"{PostgresNames.Quote(column.Name)} {column.Type switch
    {
        TableType.Integral => "bigint",
        TableType.Fractional => "double precision",
        TableType.Exact => column.Precision is { } digits ? $"numeric({digits}, {column.Scale ?? 0})" : "numeric",
        TableType.Boolean => "boolean",
        TableType.Date => "date",
        TableType.Timestamp => "timestamptz",
        _ => "text",
    }}";
}
