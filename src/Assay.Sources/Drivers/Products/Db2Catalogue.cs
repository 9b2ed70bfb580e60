using Assay.Sources.Contract;
using Assay.Sources.Sql;
using Assay.Sources.Sql.Listing;

namespace Assay.Sources.Drivers.Products;

/// <summary>Db2's catalogue views. Values are taken by position.</summary>
/// <param name="schemas">Many schemas at once; null asks about the place's own.</param>
internal sealed class Db2Catalogue(IReadOnlyList<string>? schemas = null) : SqlCatalogue
{
    private readonly string here = schemas is null ? "= ?" : $"IN ({string.Join(", ", schemas.Select(_ => "?"))})";

    public override SqlCatalogue? Together(IReadOnlyList<string> schemas) => new Db2Catalogue(schemas);

    /// <summary>The schema as the first column, and as the first thing to order by, where there are many.</summary>
    private string Lead(string column) => schemas is null ? "" : $"{column}, ";

    private (string, object?)[] Values(SqlPlace place) => schemas is null ? [("p1", place.Schema)] : [.. schemas.Select((name, i) => ($"p{i + 1}", (object?)name))];

    public override SqlStatement? Schemas(SqlPlace place) => new(
        "SELECT SCHEMANAME, CASE WHEN SCHEMANAME LIKE 'SYS%' OR SCHEMANAME IN ('NULLID', 'SQLJ') THEN 1 ELSE 0 END FROM SYSCAT.SCHEMATA ORDER BY SCHEMANAME");

    public override SqlStatement? Exists(SqlPlace place) => new($"SELECT SCHEMANAME FROM SYSCAT.SCHEMATA WHERE SCHEMANAME {here}", Values(place));

    public override SqlStatement Names(SqlPlace place) => new(
        $"SELECT t.TABNAME, t.TYPE FROM SYSCAT.TABLES t WHERE t.TABSCHEMA {here} AND t.TYPE IN ('T', 'S', 'V', 'N') ORDER BY t.TYPE, t.TABNAME", Values(place));

    public override SqlStatement Tables(SqlPlace place) => new($"""
        SELECT {Lead("t.TABSCHEMA")}t.TABNAME, t.TYPE, t.REMARKS, CASE WHEN t.CARD >= 0 THEN t.CARD END, 0
        FROM SYSCAT.TABLES t WHERE t.TABSCHEMA {here} AND t.TYPE IN ('T', 'S', 'V', 'N') ORDER BY {Lead("t.TABSCHEMA")}t.TABNAME
        """, Values(place));

    public override SqlStatement Columns(SqlPlace place) => new($"""
        SELECT {Lead("TABSCHEMA")}TABNAME, COLNAME, COLNO + 1, TYPENAME, TYPENAME, CASE WHEN NULLS = 'N' THEN 0 ELSE 1 END, LENGTH, SCALE, REMARKS
        FROM SYSCAT.COLUMNS WHERE TABSCHEMA {here} ORDER BY {Lead("TABSCHEMA")}TABNAME, COLNO
        """, Values(place));

    public override SqlStatement? Keys(SqlPlace place) => new($"""
        SELECT {Lead("c.TABSCHEMA")}c.TABNAME, c.TYPE, c.CONSTNAME, k.COLNAME, r.REFTABSCHEMA, r.REFTABNAME, f.COLNAME
        FROM SYSCAT.TABCONST c
        JOIN SYSCAT.KEYCOLUSE k ON k.TABSCHEMA = c.TABSCHEMA AND k.TABNAME = c.TABNAME AND k.CONSTNAME = c.CONSTNAME
        LEFT JOIN SYSCAT.REFERENCES r ON r.TABSCHEMA = c.TABSCHEMA AND r.TABNAME = c.TABNAME AND r.CONSTNAME = c.CONSTNAME
        LEFT JOIN SYSCAT.KEYCOLUSE f ON f.TABSCHEMA = r.REFTABSCHEMA AND f.TABNAME = r.REFTABNAME AND f.CONSTNAME = r.REFKEYNAME AND f.COLSEQ = k.COLSEQ
        WHERE c.TABSCHEMA {here} AND c.TYPE IN ('P', 'U', 'F')
        ORDER BY {Lead("c.TABSCHEMA")}c.TABNAME, c.TYPE, c.CONSTNAME, k.COLSEQ
        """, Values(place));

    // S is a materialized query table, N a nickname for a table elsewhere.
    public override ContainerKind? KindOf(string kind) => kind.Trim() switch
    {
        "T" => ContainerKind.Table,
        "S" => ContainerKind.MaterializedView,
        "V" => ContainerKind.View,
        "N" => ContainerKind.ForeignTable,
        _ => null,
    };

    public override SqlType TypeOf(SqlColumnRow column) => column.Type.ToUpperInvariant() switch
    {
        "BLOB" or "BINARY" or "VARBINARY" => new(FieldType.Unknown),
        _ => CommonTypes.Of(column),
    };
}
