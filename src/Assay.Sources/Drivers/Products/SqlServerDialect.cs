using System.Globalization;
using Assay.Sources.Contract;
using Assay.Sources.Reading;
using Assay.Sources.Sql;
using Assay.Sources.Sql.Queries;
using Assay.Sources.Sql.Reading;

namespace Assay.Sources.Drivers.Products;

/// <summary>How SQL Server's tables are read. Where the driver's own types would cut a value, the server prints it.</summary>
internal sealed class SqlServerDialect : SqlDialect
{
    public override QueryLexis Lexis { get; } = new(Brackets: true);

    public override string Quote(string name) => $"[{name.Replace("]", "]]", StringComparison.Ordinal)}]";

    public override string Limited(string select, long rows) => $"SELECT TOP ({rows.ToString(CultureInfo.InvariantCulture)}) {select["SELECT ".Length..]}";

    /// <summary>RAND() would be one number for the whole statement.</summary>
    public override string? Chance => "ABS(CAST(CHECKSUM(NEWID()) AS bigint)) / 2147483648.0";

    public override string IntegerType => "INT";

    public override SqlColumn Column(FieldStructure field, int position)
    {
        var name = Quote(field.Name);
        return field.NativeType.ToLowerInvariant() switch
        {
            "bit" => As(name, SqlValueKind.Bool),
            "tinyint" or "smallint" or "int" => As(name, SqlValueKind.Int32),
            "bigint" => As(name, SqlValueKind.Int64),
            "real" => As(name, SqlValueKind.Float32),
            "float" => As(name, SqlValueKind.Float64),
            "decimal" or "numeric" => As($"CONVERT(varchar(60), {name})", SqlValueKind.Text, Conversion.Decimal),
            // Style 2 prints all four digits of money.
            "money" or "smallmoney" => As($"CONVERT(varchar(60), {name}, 2)", SqlValueKind.Text, Conversion.Decimal),
            "date" => As($"CONVERT(varchar(10), {name}, 23)", SqlValueKind.Text, Conversion.Date),
            "datetime" or "datetime2" or "smalldatetime" => As($"CONVERT(varchar(30), {name}, 121)", SqlValueKind.Text, Conversion.Timestamp),
            "datetimeoffset" => As($"CONVERT(varchar(30), CAST(SWITCHOFFSET({name}, '+00:00') AS datetime2(7)), 121)", SqlValueKind.Text, Conversion.Timestamp),
            "time" => As($"CONVERT(varchar(20), {name}, 121)", SqlValueKind.Text),
            "geometry" or "geography" or "hierarchyid" => As($"{name}.ToString()", SqlValueKind.Text),
            "sql_variant" => As($"CONVERT(nvarchar(4000), {name})", SqlValueKind.Text),
            _ => As(name, SqlValueKind.Text),
        };

        SqlColumn As(string expression, SqlValueKind kind, Conversion? conversion = null) => new(field, position, expression, kind, conversion);
    }
}
