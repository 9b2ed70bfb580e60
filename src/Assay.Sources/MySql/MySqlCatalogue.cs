using Assay.Sources.Contract;
using Assay.Sources.Sql;
using Assay.Sources.Sql.Listing;

namespace Assay.Sources.MySql;

/// <summary>
/// The statements on <c>information_schema</c>. Its own comparisons pay no heed to upper and lower case, so that each asks once more for the
/// very letters; names are ordered by their bytes.
/// </summary>
/// <param name="schemas">Many databases at once; null asks about the place's own.</param>
internal sealed class MySqlCatalogue(IReadOnlyList<string>? schemas = null) : SqlCatalogue
{
    private readonly string here = schemas is null
        ? "TABLE_SCHEMA = @schema AND BINARY TABLE_SCHEMA = BINARY @schema"
        : $"TABLE_SCHEMA IN ({List(schemas, "")}) AND BINARY TABLE_SCHEMA IN ({List(schemas, "BINARY ")})";

    /// <summary>The schema as the first column, and as the first thing to order by, where there are many.</summary>
    private readonly string lead = schemas is null ? "" : "TABLE_SCHEMA, ", order = schemas is null ? "" : "BINARY TABLE_SCHEMA, ";

    public override SqlCatalogue? Together(IReadOnlyList<string> schemas) => new MySqlCatalogue(schemas);

    public override SqlStatement Schemas(SqlPlace place) => new("""
        SELECT SCHEMA_NAME, SCHEMA_NAME IN ('information_schema', 'mysql', 'performance_schema', 'sys')
        FROM information_schema.SCHEMATA ORDER BY BINARY SCHEMA_NAME
        """);

    // The one with the very letters first; another spelling only where the server itself takes one for the other.
    public override SqlStatement Exists(SqlPlace place) => schemas is null
        ? new("""
            SELECT SCHEMA_NAME FROM information_schema.SCHEMATA
            WHERE SCHEMA_NAME = @schema AND (BINARY SCHEMA_NAME = BINARY @schema OR @@lower_case_table_names > 0)
            """, Values(place))
        : new($"SELECT SCHEMA_NAME, @@lower_case_table_names > 0 FROM information_schema.SCHEMATA WHERE SCHEMA_NAME IN ({List(schemas, "")})", Values(place));

    public override SqlStatement Names(SqlPlace place) => new(
        $"SELECT TABLE_NAME, TABLE_TYPE FROM information_schema.TABLES WHERE {here} ORDER BY TABLE_TYPE = 'VIEW', BINARY TABLE_NAME", Values(place));

    // Only InnoDB's numbers are estimates. A view's "comment" is the word VIEW, or what is wrong with it.
    public override SqlStatement Tables(SqlPlace place) => new($"""
        SELECT {lead}TABLE_NAME, TABLE_TYPE, CASE TABLE_TYPE WHEN 'VIEW' THEN NULL ELSE TABLE_COMMENT END, TABLE_ROWS,
               CASE WHEN ENGINE IN ('MyISAM', 'Aria', 'MEMORY', 'CSV', 'ARCHIVE') THEN 1 ELSE 0 END
        FROM information_schema.TABLES WHERE {here} ORDER BY {order}BINARY TABLE_NAME
        """, Values(place));

    public override SqlStatement Columns(SqlPlace place) => new($"""
        SELECT {lead}TABLE_NAME, COLUMN_NAME, ORDINAL_POSITION, DATA_TYPE, COLUMN_TYPE, IS_NULLABLE = 'YES',
               COALESCE(CHARACTER_MAXIMUM_LENGTH, NUMERIC_PRECISION), COALESCE(NUMERIC_SCALE, DATETIME_PRECISION), COLUMN_COMMENT
        FROM information_schema.COLUMNS WHERE {here} ORDER BY {order}BINARY TABLE_NAME, ORDINAL_POSITION
        """, Values(place));

    // A key with an expression among its parts says nothing about fields: such a part has no column name.
    public override SqlStatement Keys(SqlPlace place) => new($"""
        SELECT {lead}TABLE_NAME, kind, name, field, referenced_schema, referenced_table, referenced_field
        FROM (
            SELECT {lead}TABLE_NAME, IF(INDEX_NAME = 'PRIMARY', 'P', 'U') AS kind, INDEX_NAME AS name, COLUMN_NAME AS field, SEQ_IN_INDEX AS position,
                   NULL AS referenced_schema, NULL AS referenced_table, NULL AS referenced_field
            FROM information_schema.STATISTICS WHERE NON_UNIQUE = 0 AND {here}
            UNION ALL
            SELECT {lead}TABLE_NAME, 'F', CONSTRAINT_NAME, COLUMN_NAME, ORDINAL_POSITION, REFERENCED_TABLE_SCHEMA, REFERENCED_TABLE_NAME, REFERENCED_COLUMN_NAME
            FROM information_schema.KEY_COLUMN_USAGE WHERE REFERENCED_TABLE_NAME IS NOT NULL AND {here}
        ) k
        WHERE field IS NOT NULL
        ORDER BY {order}BINARY TABLE_NAME, kind, BINARY name, position
        """, Values(place));

    public override SqlStatement Partitions(SqlPlace place) => new($"""
        SELECT {lead}TABLE_NAME, PARTITION_NAME, SUM(DATA_LENGTH), MAX(UPDATE_TIME)
        FROM information_schema.PARTITIONS WHERE PARTITION_NAME IS NOT NULL AND {here}
        GROUP BY {lead}{order}BINARY TABLE_NAME, TABLE_NAME, PARTITION_NAME
        ORDER BY {order}BINARY TABLE_NAME, MIN(PARTITION_ORDINAL_POSITION)
        """, Values(place));

    public override ContainerKind? KindOf(string kind) => kind switch
    {
        "BASE TABLE" or "SYSTEM VERSIONED" => ContainerKind.Table,
        "VIEW" or "SYSTEM VIEW" => ContainerKind.View,
        // MariaDB lists sequences too.
        _ => null,
    };

    private (string, object?)[] Values(SqlPlace place) => schemas is null ? [("@schema", place.Database)] : [.. schemas.Select((name, i) => ($"@s{i}", (object?)name))];

    private static string List(IReadOnlyList<string> schemas, string before) => string.Join(", ", schemas.Select((_, i) => $"{before}@s{i}"));

    public override SqlType TypeOf(SqlColumnRow column) => MySqlTypes.Of(column.Native, column.Size, column.Digits);
}
