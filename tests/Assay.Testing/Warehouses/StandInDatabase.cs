using Assay.Testing.Postgres;
using Npgsql;

namespace Assay.Testing.Warehouses;

/// <summary>The database behind a stand-in, with views that show its catalogue in the vendor's words.</summary>
public sealed class StandInDatabase
{
    private readonly string role, connection;

    private StandInDatabase(PostgresServer server, string name, string role, string connection) => (Server, Name, this.role, this.connection) = (server, name, role, connection);

    public PostgresServer Server { get; }
    public string Name { get; }

    /// <summary>Where the views lie; the stand-in sends statements on the vendor's information schema there.</summary>
    public const string Views = "standin";

    /// <param name="views">Statements that make the vendor's views out of <c>standin.base_tables</c> and <c>standin.base_columns</c>.</param>
    public static async Task<StandInDatabase> CreateAsync(string name, string views)
    {
        var server = await PostgresServer.SharedAsync();
        await server.CreateDatabaseAsync(name);
        var role = await server.CreateRoleAsync();
        await server.RunSqlAsync(name, $$"""
            CREATE SCHEMA {{Views}};
            CREATE VIEW {{Views}}.base_schemas AS SELECT nspname::text AS name FROM pg_namespace WHERE nspname NOT LIKE 'pg\_%' AND nspname NOT IN ('information_schema', '{{Views}}');
            CREATE VIEW {{Views}}.base_tables AS
              SELECT n.nspname::text AS table_schema, c.relname::text AS table_name, c.relkind::text AS kind, obj_description(c.oid, 'pg_class') AS comment,
                CASE WHEN c.relkind = 'r' AND c.reltuples >= 0 THEN c.reltuples::bigint END AS row_count, c.oid
              FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN {{Views}}.base_schemas s ON s.name = n.nspname
              WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f');
            CREATE VIEW {{Views}}.base_columns AS
              SELECT t.table_schema, t.table_name, a.attname::text AS column_name, a.attnum::int AS ordinal_position, NOT a.attnotnull AS nullable,
                y.typname::text AS type, format_type(a.atttypid, a.atttypmod) AS formatted,
                CASE WHEN y.typname IN ('varchar', 'bpchar') AND a.atttypmod > 4 THEN a.atttypmod - 4 END AS length,
                CASE WHEN y.typname = 'numeric' AND a.atttypmod > 4 THEN (a.atttypmod - 4) >> 16 END AS precision,
                CASE WHEN y.typname = 'numeric' AND a.atttypmod > 4 THEN (a.atttypmod - 4) & 2047 END AS scale,
                col_description(t.oid, a.attnum) AS comment
              FROM {{Views}}.base_tables t JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped JOIN pg_type y ON y.oid = a.atttypid;
            CREATE VIEW {{Views}}.base_keys AS
              SELECT k.contype::text AS kind, k.conname::text AS name, n.nspname::text AS table_schema, c.relname::text AS table_name, a.attname::text AS column_name, p.position::int AS position,
                rn.nspname::text AS referenced_schema, rc.relname::text AS referenced_table, ra.attname::text AS referenced_column
              FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
                CROSS JOIN LATERAL unnest(k.conkey) WITH ORDINALITY p(number, position) JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = p.number
                LEFT JOIN pg_class rc ON rc.oid = k.confrelid LEFT JOIN pg_namespace rn ON rn.oid = rc.relnamespace
                LEFT JOIN pg_attribute ra ON ra.attrelid = k.confrelid AND ra.attnum = k.confkey[p.position]
              WHERE k.contype IN ('p', 'u', 'f');
            {{views}}
            GRANT USAGE ON SCHEMA {{Views}} TO {{PostgresServer.Quote(role.Name)}};
            GRANT SELECT ON ALL TABLES IN SCHEMA {{Views}} TO {{PostgresServer.Quote(role.Name)}};
            GRANT pg_read_all_data TO {{PostgresServer.Quote(role.Name)}};
            """);
        return new StandInDatabase(server, name, role.Name, server.ConnectionStringFor(name, role) + ";Timezone=UTC;Options=-c intervalstyle=iso_8601");
    }

    /// <summary>Prepares the database, as its owner.</summary>
    public Task RunSqlAsync(string sql) => Server.RunSqlAsync(Name, sql);

    /// <summary>Lets the vendor's role make tables in a schema.</summary>
    public Task AllowWritingAsync(string schema) => RunSqlAsync($"GRANT USAGE, CREATE ON SCHEMA {PostgresServer.Quote(schema)} TO {PostgresServer.Quote(role)}");

    /// <summary>The schema that names without one mean; null in another database than this.</summary>
    public string? SchemaOf(string? catalog, string? schema) => catalog == Name ? schema : null;

    /// <summary>Runs a statement as the user that the vendor's role stands for: one who may read everything and change nothing, unless it was allowed.</summary>
    /// <param name="schema">Names without a schema mean this one's; null: there are none to be found.</param>
    public async Task<StandInResult> QueryAsync(string sql, CancellationToken cancel, string? schema = null)
    {
        await using var line = new NpgsqlConnection(connection);
        await line.OpenAsync(cancel);
        // What stands in for the vendors' functions and types lies in public.
        if (schema is not null) await new NpgsqlCommand($"SET search_path TO {PostgresServer.Quote(schema)}, public", line).ExecuteNonQueryAsync(cancel);
        await using var command = new NpgsqlCommand(sql, line) { AllResultTypesAreUnknown = true };
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var columns = Enumerable.Range(0, reader.FieldCount).Select(i => StandInColumn.Of(reader.GetName(i), reader.GetPostgresType(i).InternalName, reader.GetDataTypeName(i))).ToList();
        var rows = new List<string?[]>();
        while (await reader.ReadAsync(cancel))
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? null : reader.GetString(i))]);
        return new StandInResult(columns, rows);
    }

    /// <summary>How many statements run in the database at this moment.</summary>
    public Task<long> RunningAsync() => Server.ScalarAsync<long>("postgres",
        $"SELECT count(*) FROM pg_stat_activity WHERE datname = '{Name.Replace("'", "''")}' AND state = 'active'");
}

/// <param name="Type">PostgreSQL's internal name, such as <c>int4</c>.</param>
/// <param name="Precision">Declared digits of a number.</param>
public sealed partial record StandInColumn(string Name, string Type, int? Precision, int? Scale)
{
    internal static StandInColumn Of(string name, string type, string formatted)
    {
        var declared = Modifier().Match(formatted);
        return type == "numeric" && declared.Success
            ? new StandInColumn(name, type, int.Parse(declared.Groups[1].Value), int.Parse(declared.Groups[2].Value))
            : new StandInColumn(name, type, null, null);
    }

    [System.Text.RegularExpressions.GeneratedRegex(@"\((\d+),\s*(\d+)\)")]
    private static partial System.Text.RegularExpressions.Regex Modifier();
}

/// <summary>Rows as PostgreSQL prints them.</summary>
public sealed record StandInResult(IReadOnlyList<StandInColumn> Columns, IReadOnlyList<string?[]> Rows);
