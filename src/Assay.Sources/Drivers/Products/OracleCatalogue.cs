using Assay.Sources.Contract;
using Assay.Sources.Sql;
using Assay.Sources.Sql.Listing;

namespace Assay.Sources.Drivers.Products;

/// <summary>Oracle's data dictionary, as far as the user may see it. The driver takes values by position.</summary>
internal sealed class OracleCatalogue : SqlCatalogue
{
    public override SqlStatement? Schemas(SqlPlace place) => new(
        "SELECT USERNAME, CASE WHEN ORACLE_MAINTAINED = 'Y' THEN 1 ELSE 0 END FROM ALL_USERS ORDER BY USERNAME");

    public override SqlStatement? Exists(SqlPlace place) => new("SELECT USERNAME FROM ALL_USERS WHERE USERNAME = :schema1", (":schema1", place.Schema));

    public override SqlStatement Names(SqlPlace place) => new("""
        SELECT OBJECT_NAME, OBJECT_TYPE FROM ALL_OBJECTS
        WHERE OWNER = :schema1 AND OBJECT_TYPE IN ('TABLE', 'VIEW') AND SECONDARY = 'N' ORDER BY OBJECT_TYPE, OBJECT_NAME
        """, (":schema1", place.Schema));

    // A materialized view is a table of its own name as well.
    public override SqlStatement Tables(SqlPlace place) => new("""
        SELECT o.OBJECT_NAME, CASE WHEN m.MVIEW_NAME IS NOT NULL THEN 'MATERIALIZED VIEW' ELSE o.OBJECT_TYPE END, c.COMMENTS, t.NUM_ROWS, 0
        FROM ALL_OBJECTS o
        LEFT JOIN ALL_TABLES t ON t.OWNER = o.OWNER AND t.TABLE_NAME = o.OBJECT_NAME AND o.OBJECT_TYPE = 'TABLE'
        LEFT JOIN ALL_MVIEWS m ON m.OWNER = o.OWNER AND m.MVIEW_NAME = o.OBJECT_NAME
        LEFT JOIN ALL_TAB_COMMENTS c ON c.OWNER = o.OWNER AND c.TABLE_NAME = o.OBJECT_NAME
        WHERE o.OWNER = :schema1 AND o.OBJECT_TYPE IN ('TABLE', 'VIEW') AND o.SECONDARY = 'N'
        ORDER BY o.OBJECT_NAME
        """, (":schema1", place.Schema));

    public override SqlStatement Columns(SqlPlace place) => new("""
        SELECT c.TABLE_NAME, c.COLUMN_NAME, c.COLUMN_ID, c.DATA_TYPE, c.DATA_TYPE, CASE WHEN c.NULLABLE = 'N' THEN 0 ELSE 1 END,
               CASE WHEN c.DATA_TYPE LIKE '%CHAR%' THEN c.CHAR_LENGTH ELSE c.DATA_PRECISION END, c.DATA_SCALE, m.COMMENTS
        FROM ALL_TAB_COLUMNS c
        LEFT JOIN ALL_COL_COMMENTS m ON m.OWNER = c.OWNER AND m.TABLE_NAME = c.TABLE_NAME AND m.COLUMN_NAME = c.COLUMN_NAME
        WHERE c.OWNER = :schema1
        ORDER BY c.TABLE_NAME, c.COLUMN_ID
        """, (":schema1", place.Schema));

    public override SqlStatement? Keys(SqlPlace place) => new("""
        SELECT c.TABLE_NAME, CASE c.CONSTRAINT_TYPE WHEN 'R' THEN 'F' ELSE c.CONSTRAINT_TYPE END, c.CONSTRAINT_NAME, f.COLUMN_NAME, r.OWNER, r.TABLE_NAME, r.COLUMN_NAME
        FROM ALL_CONSTRAINTS c
        JOIN ALL_CONS_COLUMNS f ON f.OWNER = c.OWNER AND f.CONSTRAINT_NAME = c.CONSTRAINT_NAME
        LEFT JOIN ALL_CONS_COLUMNS r ON r.OWNER = c.R_OWNER AND r.CONSTRAINT_NAME = c.R_CONSTRAINT_NAME AND r.POSITION = f.POSITION
        WHERE c.OWNER = :schema1 AND c.CONSTRAINT_TYPE IN ('P', 'U', 'R')
        ORDER BY c.TABLE_NAME, c.CONSTRAINT_TYPE, c.CONSTRAINT_NAME, f.POSITION
        """, (":schema1", place.Schema));

    // A DATE has a time of day.
    public override SqlType TypeOf(SqlColumnRow column) => column.Type switch
    {
        "DATE" => new(FieldType.Timestamp, Digits: 0),
        "NUMBER" => new(column.Digits == 0 ? FieldType.Integral : FieldType.Fractional, column.Size, column.Digits),
        "LONG" or "ROWID" or "UROWID" or "XMLTYPE" => new(FieldType.String),
        "RAW" or "BLOB" or "BFILE" or "LONG RAW" => new(FieldType.Unknown),
        _ => CommonTypes.Of(column),
    };
}
