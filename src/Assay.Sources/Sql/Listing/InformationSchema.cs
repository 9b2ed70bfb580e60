namespace Assay.Sources.Sql.Listing;

/// <summary>The catalogue that the SQL standard describes, for databases that have no better one of their own.</summary>
/// <param name="parameter">How a value is written in a statement.</param>
/// <param name="types">What becomes of a type, by its name without lengths.</param>
internal class InformationSchema(Func<string, string> parameter, Func<SqlColumnRow, SqlType> types) : SqlCatalogue
{
    /// <summary>Where the views lie; with a database's name in front where that takes one.</summary>
    protected virtual string Views(SqlPlace place) => "information_schema";

    /// <summary>The condition that chooses the place's schema; <paramref name="prefix"/> names the table it is about.</summary>
    protected virtual string Here(string prefix = "") => $"{prefix}table_schema = {parameter("schema")}";

    protected virtual (string, object?)[] Values(SqlPlace place) => [(parameter("schema"), place.Schema ?? place.Database)];

    public override SqlStatement? Schemas(SqlPlace place) => new(
        $"SELECT schema_name, CASE WHEN LOWER(schema_name) IN ('information_schema', 'pg_catalog', 'sys', 'mysql', 'performance_schema') THEN 1 ELSE 0 END FROM {Views(place)}.schemata ORDER BY schema_name");

    public override SqlStatement? Exists(SqlPlace place) =>
        new($"SELECT schema_name FROM {Views(place)}.schemata WHERE schema_name = {parameter("schema")}", Values(place));

    public override SqlStatement Names(SqlPlace place) => new(
        $"SELECT table_name, table_type FROM {Views(place)}.tables WHERE {Here()} ORDER BY CASE WHEN table_type LIKE '%VIEW%' THEN 1 ELSE 0 END, table_name", Values(place));

    public override SqlStatement Tables(SqlPlace place) => new(
        $"SELECT table_name, table_type, NULL, NULL, 0 FROM {Views(place)}.tables WHERE {Here()} ORDER BY table_name", Values(place));

    public override SqlStatement Columns(SqlPlace place) => new($"""
        SELECT table_name, column_name, ordinal_position, data_type, data_type, CASE WHEN is_nullable = 'NO' THEN 0 ELSE 1 END,
               COALESCE(character_maximum_length, numeric_precision), numeric_scale, NULL
        FROM {Views(place)}.columns WHERE {Here()} ORDER BY table_name, ordinal_position
        """, Values(place));

    public override SqlStatement? Keys(SqlPlace place) => new($"""
        SELECT c.table_name, CASE c.constraint_type WHEN 'PRIMARY KEY' THEN 'P' ELSE 'U' END, c.constraint_name, k.column_name, NULL, NULL, NULL
        FROM {Views(place)}.table_constraints c
        JOIN {Views(place)}.key_column_usage k
          ON k.constraint_schema = c.constraint_schema AND k.constraint_name = c.constraint_name AND k.table_name = c.table_name
        WHERE c.constraint_type IN ('PRIMARY KEY', 'UNIQUE') AND {Here("c.")}
        ORDER BY c.table_name, c.constraint_type, c.constraint_name, k.ordinal_position
        """, Values(place));

    public override SqlType TypeOf(SqlColumnRow column) => types(column);
}
