using System.Globalization;
using Assay.Sources.Contract;
using Assay.Sources.Reading;
using Assay.Sources.Sql;
using Assay.Sources.Sql.Reading;

namespace Assay.Sources.Drivers.Products;

/// <summary>How Oracle's tables are read. Numbers of 38 digits and times are printed by the server; the driver's types would cut them.</summary>
internal sealed class OracleDialect : SqlDialect
{
    public override string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    public override string Parameter(string name) => $":{name}";

    public override string? Chance => "DBMS_RANDOM.VALUE";

    public override string Limited(string select, long rows) => $"{select} FETCH FIRST {rows.ToString(CultureInfo.InvariantCulture)} ROWS ONLY";

    public override object Bound(FieldStructure field, object value) => value switch
    {
        DateTimeOffset time => time.UtcDateTime,
        DateOnly day => day.ToDateTime(TimeOnly.MinValue),
        _ => value,
    };

    public override SqlColumn Column(FieldStructure field, int position)
    {
        var name = Quote(field.Name);
        var type = field.NativeType.ToUpperInvariant();
        return type switch
        {
            // TM9 prints every digit, but no zero in front of the point.
            "NUMBER" or "FLOAT" => As($"REGEXP_REPLACE(TO_CHAR({name}, 'TM9', 'NLS_NUMERIC_CHARACTERS=''.,'''), '^(-?)[.]', '\\10.')",
                SqlValueKind.Text, field.Type is FieldType.Integral ? Conversion.Whole : Conversion.Decimal),
            "BINARY_FLOAT" => As(name, SqlValueKind.Float32),
            "BINARY_DOUBLE" => As(name, SqlValueKind.Float64),
            "DATE" => As($"LTRIM(TO_CHAR({name}, 'SYYYY-MM-DD HH24:MI:SS'))", SqlValueKind.Text, Conversion.Timestamp),
            _ when type.StartsWith("TIMESTAMP", StringComparison.Ordinal) => As(
                $"LTRIM(TO_CHAR({(type.Contains("TIME ZONE") ? $"SYS_EXTRACT_UTC({name})" : name)}, 'SYYYY-MM-DD HH24:MI:SS.FF'))", SqlValueKind.Text, Conversion.Timestamp),
            _ when type.StartsWith("INTERVAL", StringComparison.Ordinal) => As($"TO_CHAR({name})", SqlValueKind.Text),
            "XMLTYPE" => As($"XMLSERIALIZE(CONTENT {name} AS CLOB)", SqlValueKind.Text),
            "ROWID" or "UROWID" => As($"ROWIDTOCHAR({name})", SqlValueKind.Text),
            _ => As(name, SqlValueKind.Text),
        };

        SqlColumn As(string expression, SqlValueKind kind, Conversion? conversion = null) => new(field, position, expression, kind, conversion);
    }
}
