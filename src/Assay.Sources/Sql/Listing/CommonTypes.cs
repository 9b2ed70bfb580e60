using Assay.Sources.Contract;

namespace Assay.Sources.Sql.Listing;

/// <summary>What becomes of the types whose names all databases share.</summary>
internal static class CommonTypes
{
    public static SqlType Of(SqlColumnRow column)
    {
        var name = column.Type.ToLowerInvariant();
        var bare = name.IndexOf('(') is var end and >= 0 ? name[..end].TrimEnd() : name;
        return bare switch
        {
            "bit" when column.Size is > 1 => new(FieldType.Integral, column.Size),
            "bool" or "boolean" or "bit" => new(FieldType.Boolean),
            "tinyint" or "smallint" or "int" or "integer" or "bigint" or "mediumint" or "int2" or "int4" or "int8" or "byteint" or "year" or "hugeint" or "uhugeint"
                or "utinyint" or "usmallint" or "uinteger" or "ubigint" or "int unsigned" or "bigint unsigned" => new(FieldType.Integral),
            "decimal" or "numeric" or "number" or "dec" => new(column.Digits == 0 ? FieldType.Integral : FieldType.Fractional, column.Size, column.Digits),
            "real" or "float" or "double" or "double precision" or "float4" or "float8" or "binary_float" or "binary_double" or "money" or "smallmoney" or "decfloat" => new(FieldType.Fractional),
            "date" => new(FieldType.Date),
            "datetime" or "datetime2" or "smalldatetime" or "datetimeoffset" => new(FieldType.Timestamp),
            _ when bare.StartsWith("timestamp", StringComparison.Ordinal) => new(FieldType.Timestamp),
            "time" or "time with time zone" or "time without time zone" or "interval" or "uuid" or "uniqueidentifier" or "json" or "jsonb" or "xml" or "enum" or "set" or "clob" or "nclob" or "dbclob"
                or "text" or "ntext" or "tinytext" or "mediumtext" or "longtext" or "string" or "sql_variant" or "hierarchyid" or "rowid" or "urowid" => new(FieldType.String),
            _ when bare.Contains("char") || bare.Contains("graphic") || bare.StartsWith("interval", StringComparison.Ordinal) => new(FieldType.String, column.Size),
            _ when bare.EndsWith("[]", StringComparison.Ordinal) || bare.StartsWith("array", StringComparison.Ordinal) => new(FieldType.Array),
            _ when bare.StartsWith("struct", StringComparison.Ordinal) || bare.StartsWith("map", StringComparison.Ordinal) || bare.StartsWith("row", StringComparison.Ordinal) => new(FieldType.Struct),
            _ => new(FieldType.Unknown),
        };
    }
}
