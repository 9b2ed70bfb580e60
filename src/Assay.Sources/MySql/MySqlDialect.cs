using Assay.Sources.Contract;
using Assay.Sources.Reading;
using Assay.Sources.Sql;
using Assay.Sources.Sql.Queries;
using Assay.Sources.Sql.Reading;

namespace Assay.Sources.MySql;

/// <summary>
/// How MySQL's tables are read. Where the driver would change a value (zero dates, decimals of 65 digits, times beyond a day, the sixth digit
/// of a float), the server is asked to print it or to widen it.
/// </summary>
internal sealed class MySqlDialect : SqlDialect
{
    public override string Quote(string name) => $"`{name.Replace("`", "``", StringComparison.Ordinal)}`";

    public override string? Partition(SqlPlace place, string table, PartitionStructure partition) =>
        $"{Table(place, table)} PARTITION ({Quote(partition.Name)})";

    public override string? Chance => "RAND()";

    public override QueryLexis Lexis { get; } = new(HashComments: true);

    /// <summary>The driver tells types in capitals, an unsigned one by its .NET type only.</summary>
    public override FieldStructure Described(string name, int ordinal, string native, Type type, int? precision, int? scale)
    {
        var word = MySqlTypes.NameOf(native) switch { "bool" => "tinyint", "integer" => "int", var other => other };
        var unsigned = word != "bit" && Type.GetTypeCode(type) is TypeCode.UInt16 or TypeCode.UInt32 or TypeCode.UInt64 ? " unsigned" : "";
        var known = MySqlTypes.Of(word, word == "decimal" ? precision : null, word == "decimal" ? scale : null);
        return new FieldStructure(name, ordinal, known.Type, word + unsigned, null, known.Size, known.Digits);
    }

    public override string IntegerType => "INT";

    public override SqlColumn Column(FieldStructure field, int position)
    {
        var name = Quote(field.Name);
        var unsigned = field.NativeType.Contains("unsigned", StringComparison.OrdinalIgnoreCase);
        return MySqlTypes.NameOf(field.NativeType) switch
        {
            "tinyint" or "smallint" or "mediumint" => As(name, SqlValueKind.Int32),
            "int" => As(name, unsigned ? SqlValueKind.Int64 : SqlValueKind.Int32),
            "bigint" => As(name, unsigned ? SqlValueKind.UInt64 : SqlValueKind.Int64),
            "year" => As($"CAST({name} AS SIGNED)", SqlValueKind.Int32),
            "bit" => As($"CAST({name} AS UNSIGNED)", field.Type is FieldType.Boolean ? SqlValueKind.Bool : SqlValueKind.UInt64),
            // Alone, a float would be printed with six digits.
            "float" => As($"({name} + 0e0)", SqlValueKind.Float32),
            "double" => As(name, SqlValueKind.Float64),
            "decimal" => As($"CAST({name} AS CHAR)", SqlValueKind.Text, Conversion.Decimal),
            "date" => As($"CAST({name} AS CHAR)", SqlValueKind.Text, Conversion.Date),
            "datetime" or "timestamp" => As($"CAST({name} AS CHAR)", SqlValueKind.Text, Conversion.Timestamp),
            // Long values as they are: a function of the server would answer NULL for those beyond its packet size.
            "char" or "varchar" or "tinytext" or "text" or "mediumtext" or "longtext" or "json" or "enum" or "set"
                or "binary" or "varbinary" or "tinyblob" or "blob" or "mediumblob" or "longblob" or "vector"
                or "geometry" or "point" or "linestring" or "polygon" or "multipoint" or "multilinestring" or "multipolygon" or "geometrycollection" or "geomcollection" =>
                As(name, SqlValueKind.Text),
            _ => As($"CAST({name} AS CHAR)", SqlValueKind.Text),
        };

        SqlColumn As(string expression, SqlValueKind kind, Conversion? conversion = null) => new(field, position, expression, kind, conversion);
    }
}
