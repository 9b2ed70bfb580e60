using Assay.Sources.Contract;
using Assay.Sources.Sql;
using Assay.Sources.Sql.Listing;

namespace Assay.Sources.Sqlite;

/// <summary>The statements on SQLite's catalogue: its table-valued pragmas.</summary>
internal sealed class SqliteCatalogue : SqlCatalogue
{
    // Shadow tables belong to virtual ones; a virtual table whose module is not built in cannot be looked at.
    private const string Containers = """
        SELECT l.name, l.type FROM pragma_table_list l
        LEFT JOIN sqlite_schema s ON s.name = l.name AND s.type = 'table'
        WHERE l.schema = 'main' AND l.name NOT LIKE 'sqlite\_%' ESCAPE '\'
          AND (l.type IN ('table', 'view') OR (l.type = 'virtual' AND EXISTS (SELECT 1 FROM pragma_module_list m WHERE s.sql LIKE '%USING ' || m.name || '%')))
        """;

    public override SqlStatement? Exists(SqlPlace place) => null;

    public override SqlStatement Names(SqlPlace place) => new($"{Containers} ORDER BY l.type = 'view', l.name");

    public override SqlStatement Tables(SqlPlace place) => new($"SELECT name, type, NULL, NULL, 0 FROM ({Containers}) ORDER BY name");

    public override SqlStatement Columns(SqlPlace place) => throw new NotSupportedException("Columns are asked for table by table.");

    public override SqlStatement? ColumnsOf(SqlPlace place, string table) => new("""
        SELECT $table, name, cid + 1, type, type, "notnull" = 0 AND NOT (pk > 0 AND upper(type) = 'INTEGER'), NULL, NULL, NULL
        FROM pragma_table_xinfo($table) WHERE hidden <> 1 ORDER BY cid
        """, ("$table", table));

    // A reference that names no column means the other table's primary key.
    public override SqlStatement Keys(SqlPlace place) => new("""
        WITH tables AS (SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%')
        SELECT t.name, 'P', 'PRIMARY KEY', c.name, NULL, NULL, NULL, 0 AS number, c.pk AS position FROM tables t JOIN pragma_table_info(t.name) c WHERE c.pk > 0
        UNION ALL
        SELECT t.name, 'U', i.name, x.name, NULL, NULL, NULL, i.seq, x.seqno FROM tables t JOIN pragma_index_list(t.name) i JOIN pragma_index_info(i.name) x
        WHERE i."unique" = 1 AND i.partial = 0 AND i.origin <> 'pk' AND NOT EXISTS (SELECT 1 FROM pragma_index_info(i.name) e WHERE e.name IS NULL)
        UNION ALL
        SELECT t.name, 'F', t.name || '_fk' || f.id, f."from", 'main', f."table",
               COALESCE(f."to", (SELECT p.name FROM pragma_table_info(f."table") p WHERE p.pk = f.seq + 1)), f.id, f.seq
        FROM tables t JOIN pragma_foreign_key_list(t.name) f
        ORDER BY 1, 2, 8, 9
        """);

    public override ContainerKind? KindOf(string kind) => kind is "view" ? ContainerKind.View : ContainerKind.Table;

    public override SqlType TypeOf(SqlColumnRow column) => SqliteTypes.Of(column.Native);
}
