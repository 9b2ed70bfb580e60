using Assay.Sources.Contract;
using Assay.Sources.Sql;
using Assay.Sources.Sql.Listing;

namespace Assay.Sources.Drivers.Products;

/// <summary>SQL Server's own catalogue, which knows row counts and comments besides.</summary>
/// <param name="schemas">Many schemas at once; null asks about the place's own.</param>
internal class SqlServerCatalogue(IReadOnlyList<string>? schemas = null) : SqlCatalogue
{
    /// <summary>The condition that chooses the schemas.</summary>
    protected string Here { get; } = schemas is null ? "= @schema" : $"IN ({string.Join(", ", schemas.Select((_, i) => $"@s{i}"))})";

    /// <summary>The schema as the first column, and as the first thing to order by, where there are many.</summary>
    protected string Lead(string column) => schemas is null ? "" : $"{column}, ";

    protected (string, object?)[] Values(SqlPlace place) => schemas is null ? [("@schema", place.Schema)] : [.. schemas.Select((name, i) => ($"@s{i}", (object?)name))];

    public override SqlCatalogue? Together(IReadOnlyList<string> schemas) => new SqlServerCatalogue(schemas);

    public override SqlStatement? Catalogs(SqlPlace place) => new(
        "SELECT name, CASE WHEN database_id <= 4 THEN 1 ELSE 0 END FROM sys.databases WHERE state = 0 AND HAS_DBACCESS(name) = 1 ORDER BY name");

    public override SqlStatement? Schemas(SqlPlace place) => new("""
        SELECT name, CASE WHEN name IN ('sys', 'INFORMATION_SCHEMA', 'guest') OR schema_id >= 16384 THEN 1 ELSE 0 END FROM sys.schemas ORDER BY name
        """);

    public override SqlStatement? Exists(SqlPlace place) => new($"SELECT name FROM sys.schemas WHERE name {Here}", Values(place));

    public override SqlStatement Names(SqlPlace place) => new(
        $"SELECT o.name, o.type FROM sys.objects o JOIN sys.schemas s ON s.schema_id = o.schema_id WHERE s.name {Here} AND o.type IN ('U', 'V') ORDER BY o.type, o.name", Values(place));

    public override SqlStatement Tables(SqlPlace place) => new($"""
        SELECT {Lead("s.name")}o.name, o.type, CAST(e.value AS nvarchar(4000)),
               (SELECT SUM(p.rows) FROM sys.partitions p WHERE p.object_id = o.object_id AND p.index_id IN (0, 1)), 0
        FROM sys.objects o
        JOIN sys.schemas s ON s.schema_id = o.schema_id
        LEFT JOIN sys.extended_properties e ON e.class = 1 AND e.major_id = o.object_id AND e.minor_id = 0 AND e.name = 'MS_Description'
        WHERE s.name {Here} AND o.type IN ('U', 'V')
        ORDER BY {Lead("s.name")}o.name
        """, Values(place));

    public override SqlStatement Columns(SqlPlace place) => new($"""
        SELECT {Lead("s.name")}o.name, c.name, c.column_id, COALESCE(b.name, t.name), t.name, CASE WHEN c.is_nullable = 1 THEN 1 ELSE 0 END,
               CASE WHEN COALESCE(b.name, t.name) IN ('nchar', 'nvarchar') THEN c.max_length / 2
                    WHEN COALESCE(b.name, t.name) IN ('char', 'varchar', 'binary', 'varbinary') THEN c.max_length
                    WHEN COALESCE(b.name, t.name) IN ('decimal', 'numeric') THEN c.precision END,
               CASE WHEN COALESCE(b.name, t.name) IN ('decimal', 'numeric', 'time', 'datetime2', 'datetimeoffset') THEN c.scale END,
               CAST(e.value AS nvarchar(4000))
        FROM sys.columns c
        JOIN sys.objects o ON o.object_id = c.object_id
        JOIN sys.schemas s ON s.schema_id = o.schema_id
        JOIN sys.types t ON t.user_type_id = c.user_type_id
        LEFT JOIN sys.types b ON b.user_type_id = t.system_type_id
        LEFT JOIN sys.extended_properties e ON e.class = 1 AND e.major_id = c.object_id AND e.minor_id = c.column_id AND e.name = 'MS_Description'
        WHERE s.name {Here} AND o.type IN ('U', 'V')
        ORDER BY {Lead("s.name")}o.name, c.column_id
        """, Values(place));

    public override SqlStatement? Keys(SqlPlace place) => new($"""
        SELECT {Lead("s.name AS schema_name")}o.name AS table_name, CASE WHEN i.is_primary_key = 1 THEN 'P' ELSE 'U' END AS kind, i.name AS key_name, c.name AS field,
               NULL AS referenced_schema, NULL AS referenced_table, NULL AS referenced_field, k.key_ordinal AS position
        FROM sys.indexes i
        JOIN sys.objects o ON o.object_id = i.object_id
        JOIN sys.schemas s ON s.schema_id = o.schema_id
        JOIN sys.index_columns k ON k.object_id = i.object_id AND k.index_id = i.index_id AND k.is_included_column = 0
        JOIN sys.columns c ON c.object_id = k.object_id AND c.column_id = k.column_id
        WHERE s.name {Here} AND o.type = 'U' AND i.is_unique = 1 AND i.has_filter = 0
        UNION ALL
        SELECT {Lead("s.name")}o.name, 'F', f.name, c.name, rs.name, ro.name, rc.name, k.constraint_column_id
        FROM sys.foreign_keys f
        JOIN sys.objects o ON o.object_id = f.parent_object_id
        JOIN sys.schemas s ON s.schema_id = o.schema_id
        JOIN sys.foreign_key_columns k ON k.constraint_object_id = f.object_id
        JOIN sys.columns c ON c.object_id = k.parent_object_id AND c.column_id = k.parent_column_id
        JOIN sys.objects ro ON ro.object_id = k.referenced_object_id
        JOIN sys.schemas rs ON rs.schema_id = ro.schema_id
        JOIN sys.columns rc ON rc.object_id = k.referenced_object_id AND rc.column_id = k.referenced_column_id
        WHERE s.name {Here}
        ORDER BY {Lead("schema_name")}table_name, kind, key_name, position
        """, Values(place));

    // timestamp is no time but the old name of rowversion.
    public override SqlType TypeOf(SqlColumnRow column) => column.Type.ToLowerInvariant() switch
    {
        "timestamp" or "rowversion" => new(FieldType.Unknown),
        "tinyint" => new(FieldType.Integral),
        _ => CommonTypes.Of(column),
    };
}

/// <summary>What Synapse and Fabric have of it: the standard's views, and schemas.</summary>
internal sealed class SqlServerPlainCatalogue(IReadOnlyList<string>? schemas = null) : SqlServerCatalogue(schemas)
{
    public override SqlCatalogue? Together(IReadOnlyList<string> schemas) => new SqlServerPlainCatalogue(schemas);

    public override SqlStatement? Catalogs(SqlPlace place) => new(
        "SELECT name, CASE WHEN name = 'master' THEN 1 ELSE 0 END FROM sys.databases ORDER BY name");

    public override SqlStatement Tables(SqlPlace place) => new(
        $"SELECT {Lead("TABLE_SCHEMA")}TABLE_NAME, TABLE_TYPE, NULL, NULL, 0 FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_SCHEMA {Here} ORDER BY {Lead("TABLE_SCHEMA")}TABLE_NAME", Values(place));

    public override SqlStatement Columns(SqlPlace place) => new($"""
        SELECT {Lead("TABLE_SCHEMA")}TABLE_NAME, COLUMN_NAME, ORDINAL_POSITION, DATA_TYPE, DATA_TYPE, CASE WHEN IS_NULLABLE = 'NO' THEN 0 ELSE 1 END,
               COALESCE(CHARACTER_MAXIMUM_LENGTH, NUMERIC_PRECISION), COALESCE(NUMERIC_SCALE, DATETIME_PRECISION), NULL
        FROM INFORMATION_SCHEMA.COLUMNS WHERE TABLE_SCHEMA {Here} ORDER BY {Lead("TABLE_SCHEMA")}TABLE_NAME, ORDINAL_POSITION
        """, Values(place));

    // Neither keeps foreign keys; unique ones are not enforced.
    public override SqlStatement? Keys(SqlPlace place) => null;
}
