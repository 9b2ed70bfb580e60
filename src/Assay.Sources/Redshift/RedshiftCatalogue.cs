using Assay.Sources.Contract;
using Assay.Sources.Sql;
using Assay.Sources.Sql.Listing;

namespace Assay.Sources.Redshift;

/// <summary>
/// Redshift's own views: they know external tables and late-binding views, which <c>pg_catalog</c> does not. Its row counts are for superusers
/// only, so that rows are unknown.
/// </summary>
/// <param name="schemas">Many schemas at once; null asks about the place's own.</param>
internal sealed class RedshiftCatalogue(IReadOnlyList<string>? schemas = null) : SqlCatalogue
{
    private readonly string here = schemas is null ? "= @schema" : $"IN ({string.Join(", ", schemas.Select((_, i) => $"@s{i}"))})";

    /// <summary>The schema as the first column, and as the first thing to order by, where there are many.</summary>
    private readonly string lead = schemas is null ? "" : "table_schema, ";

    public override SqlCatalogue? Together(IReadOnlyList<string> schemas) => new RedshiftCatalogue(schemas);

    private (string, object?)[] Values(SqlPlace place) => schemas is null ? [("schema", place.Schema)] : [.. schemas.Select((name, i) => ($"s{i}", (object?)name))];

    public override SqlStatement? Catalogs(SqlPlace place) => new("""
        SELECT datname, CASE WHEN datname IN ('template0', 'template1', 'padb_harvest', 'sys:internal') THEN 1 ELSE 0 END
        FROM pg_database WHERE datallowconn ORDER BY datname
        """);

    public override SqlStatement? Schemas(SqlPlace place) => new("""
        SELECT nspname, CASE WHEN nspname LIKE 'pg!_%' ESCAPE '!' OR nspname IN ('information_schema', 'catalog_history') THEN 1 ELSE 0 END
        FROM pg_namespace
        WHERE nspname NOT LIKE 'pg!_temp!_%' ESCAPE '!' AND nspname NOT LIKE 'pg!_toast%' ESCAPE '!' AND has_schema_privilege(nspname, 'USAGE')
        ORDER BY nspname
        """);

    public override SqlStatement? Exists(SqlPlace place) => new($"SELECT nspname FROM pg_namespace WHERE nspname {here}", Values(place));

    public override SqlStatement Names(SqlPlace place) => new(
        $"SELECT table_name, table_type FROM svv_tables WHERE table_catalog = current_database() AND table_schema {here} ORDER BY table_type, table_name", Values(place));

    public override SqlStatement Tables(SqlPlace place) => new(
        $"SELECT {lead}table_name, table_type, remarks, NULL, 0 FROM svv_tables WHERE table_catalog = current_database() AND table_schema {here} ORDER BY {lead}table_name", Values(place));

    public override SqlStatement Columns(SqlPlace place) => new($"""
        SELECT {lead}table_name, column_name, ordinal_position, data_type, data_type, CASE WHEN is_nullable = 'NO' THEN 0 ELSE 1 END,
               COALESCE(character_maximum_length, CASE WHEN data_type = 'numeric' THEN numeric_precision END), CASE WHEN data_type = 'numeric' THEN numeric_scale END, remarks
        FROM svv_columns WHERE table_catalog = current_database() AND table_schema {here} ORDER BY {lead}table_name, ordinal_position
        """, Values(place));

    // Redshift does not enforce keys; they are what their author says. Positions pair the two sides of a foreign one.
    public override SqlStatement? Keys(SqlPlace place) => new($"""
        SELECT {(schemas is null ? "" : "c.table_schema, ")}c.table_name, CASE c.constraint_type WHEN 'PRIMARY KEY' THEN 'P' WHEN 'UNIQUE' THEN 'U' ELSE 'F' END, c.constraint_name, k.column_name,
               f.table_schema, f.table_name, f.column_name
        FROM information_schema.table_constraints c
        JOIN information_schema.key_column_usage k ON k.constraint_schema = c.constraint_schema AND k.constraint_name = c.constraint_name AND k.table_name = c.table_name
        LEFT JOIN information_schema.referential_constraints r ON r.constraint_schema = c.constraint_schema AND r.constraint_name = c.constraint_name
        LEFT JOIN information_schema.key_column_usage f
          ON f.constraint_schema = r.unique_constraint_schema AND f.constraint_name = r.unique_constraint_name AND f.ordinal_position = k.ordinal_position
        WHERE c.table_schema {here} AND c.constraint_type IN ('PRIMARY KEY', 'UNIQUE', 'FOREIGN KEY')
        ORDER BY c.table_schema, c.table_name, c.constraint_type, c.constraint_name, k.ordinal_position
        """, Values(place));

    public override SqlType TypeOf(SqlColumnRow column) => column.Type switch
    {
        "super" => new(FieldType.Struct),
        "geometry" or "geography" or "hllsketch" or "varbyte" or "binary varying" or "bytea" => new(FieldType.Unknown),
        _ => CommonTypes.Of(column),
    };
}
