using Assay.Sources.Contract;
using Assay.Sources.Reading;
using Assay.Sources.Sql;
using Assay.Sources.Sql.Listing;
using Assay.Sources.Sql.Reading;

namespace Assay.Sources.Drivers.Products;

/// <summary>How DuckDB's tables are read: DuckDB prints what the driver's types could cut.</summary>
internal sealed class DuckDbDialect : SqlDialect
{
    public override string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    public override string Parameter(string name) => $"${name}";

    public override string Table(SqlPlace place, string name) => $"{Quote(place.Schema!)}.{Quote(name)}";

    public override string? Chance => "random()";

    public override SqlColumn Column(FieldStructure field, int position)
    {
        var name = Quote(field.Name);
        return field.NativeType switch
        {
            "BOOLEAN" => As(name, SqlValueKind.Bool),
            "TINYINT" or "SMALLINT" or "INTEGER" or "UTINYINT" or "USMALLINT" => As(name, SqlValueKind.Int32),
            "BIGINT" or "UINTEGER" => As(name, SqlValueKind.Int64),
            "UBIGINT" => As(name, SqlValueKind.UInt64),
            "FLOAT" => As(name, SqlValueKind.Float32),
            "DOUBLE" => As(name, SqlValueKind.Float64),
            "VARCHAR" or "BLOB" => As(name, SqlValueKind.Text),
            "HUGEINT" or "UHUGEINT" => As($"CAST({name} AS VARCHAR)", SqlValueKind.Text, Conversion.Whole),
            "DATE" => As($"CAST({name} AS VARCHAR)", SqlValueKind.Text, Conversion.Date),
            var type when type.StartsWith("DECIMAL", StringComparison.Ordinal) => As($"CAST({name} AS VARCHAR)", SqlValueKind.Text, Conversion.Decimal),
            var type when type.StartsWith("TIMESTAMP", StringComparison.Ordinal) && !type.EndsWith(']') => As($"CAST({name} AS VARCHAR)", SqlValueKind.Text, Conversion.Timestamp),
            _ => As($"CAST({name} AS VARCHAR)", SqlValueKind.Text),
        };

        SqlColumn As(string expression, SqlValueKind kind, Conversion? conversion = null) => new(field, position, expression, kind, conversion);
    }
}

/// <summary>DuckDB's own catalogue functions.</summary>
internal sealed class DuckDbCatalogue : SqlCatalogue
{
    public override SqlStatement? Schemas(SqlPlace place) => new(
        "SELECT schema_name, CASE WHEN internal THEN 1 ELSE 0 END FROM duckdb_schemas() WHERE database_name = current_database() ORDER BY schema_name");

    public override SqlStatement? Exists(SqlPlace place) => new(
        "SELECT schema_name FROM duckdb_schemas() WHERE database_name = current_database() AND schema_name = $schema", ("schema", place.Schema));

    public override SqlStatement Names(SqlPlace place) => new($"SELECT name, kind FROM ({Containers}) ORDER BY kind, name", ("schema", place.Schema));

    public override SqlStatement Tables(SqlPlace place) => new($"SELECT name, kind, remarks, size, 0 FROM ({Containers}) ORDER BY name", ("schema", place.Schema));

    public override SqlStatement Columns(SqlPlace place) => new("""
        SELECT table_name, column_name, column_index, data_type, data_type, CASE WHEN is_nullable THEN 1 ELSE 0 END, numeric_precision, numeric_scale, comment
        FROM duckdb_columns() WHERE database_name = current_database() AND schema_name = $schema AND NOT internal ORDER BY table_name, column_index
        """, ("schema", place.Schema));

    public override SqlStatement? Keys(SqlPlace place) => new("""
        SELECT table_name, CASE constraint_type WHEN 'PRIMARY KEY' THEN 'P' WHEN 'UNIQUE' THEN 'U' ELSE 'F' END, COALESCE(constraint_name, constraint_text),
               unnest(constraint_column_names), CASE WHEN constraint_type = 'FOREIGN KEY' THEN schema_name END, referenced_table,
               CASE WHEN constraint_type = 'FOREIGN KEY' THEN unnest(referenced_column_names) END
        FROM duckdb_constraints()
        WHERE database_name = current_database() AND schema_name = $schema AND constraint_type IN ('PRIMARY KEY', 'UNIQUE', 'FOREIGN KEY')
        ORDER BY table_name, constraint_index
        """, ("schema", place.Schema));

    public override SqlType TypeOf(SqlColumnRow column) => CommonTypes.Of(column) is { Type: not FieldType.Unknown } known && !column.Native.EndsWith(']') ? known
        : column.Native.EndsWith(']') ? new(FieldType.Array)
        : new(column.Native is "BLOB" ? FieldType.Unknown : FieldType.String);

    private const string Containers = """
        SELECT table_name AS name, 'TABLE' AS kind, comment AS remarks, estimated_size AS size FROM duckdb_tables()
        WHERE database_name = current_database() AND schema_name = $schema AND NOT internal
        UNION ALL
        SELECT view_name, 'VIEW', comment, NULL FROM duckdb_views() WHERE database_name = current_database() AND schema_name = $schema AND NOT internal
        """;
}
