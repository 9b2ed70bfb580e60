using Assay.Sources.Tests.Postgres;
using Assay.Sources.Tests.Reading;
using Assay.Sources.Tests.Sql;
using Assay.Testing.Postgres;

namespace Assay.Sources.Tests.Writing;

/// <summary>On PostgreSQL with Redshift's view of columns made up; what Redshift itself makes of the statements, nobody here can tell.</summary>
public sealed class RedshiftWriterTests(EngineFixture fixture) : TransactionalConformance(fixture)
{
    private protected override async Task<WrittenStore> StoreAsync(bool readOnly = false)
    {
        var server = await PostgresServer.SharedAsync();
        var database = await server.CreateDatabaseAsync(cancel: Cancel);
        var role = await server.CreateRoleAsync(cancel: Cancel);
        var name = PostgresServer.Quote(role.Name);
        await server.RunSqlAsync(database, $"""
            CREATE VIEW svv_tables AS SELECT table_catalog, table_schema, table_name, table_type, NULL::varchar AS remarks FROM information_schema.tables;
            CREATE VIEW svv_columns AS SELECT current_database() AS table_catalog, n.nspname AS table_schema, c.relname AS table_name, a.attname AS column_name
              FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE a.attnum > 0 AND NOT a.attisdropped;
            GRANT SELECT ON svv_tables, svv_columns TO PUBLIC;
            CREATE SCHEMA evidence; GRANT USAGE{(readOnly ? "" : ", CREATE")} ON SCHEMA evidence TO {name};
            """, Cancel);
        var target = new SqlTarget(server.Connection(role) with { Type = "redshift" }, new SourceScope(database, "evidence"));
        return new RedshiftStore(target, server, database);
    }

    private protected override string Kept(string text) => text.Length <= 65_535 ? text : $"{new string('x', 65_535 - 38)}... [cut by Assay: {text.Length} bytes in all]";

    private sealed class RedshiftStore(SqlTarget target, PostgresServer server, string database) : PostgresStore(target.Connector, target.Target, server, database, "evidence")
    {
        public override int LongestName => 127;

        // PostgreSQL cuts names at 63 bytes.
        public override string HostileName => base.HostileName[..30];
    }
}
