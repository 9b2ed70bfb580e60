using Assay.Sources.Contract;

namespace Assay.Sources.Warehouses;

/// <summary>Which field type of the platform stands for a type. The vendors' names hardly contradict each other.</summary>
internal static class WarehouseTypes
{
    public static FieldStructure Field(string name, int ordinal, string native, bool? nullable, string? remarks)
    {
        var parsed = TypeName.Parse(native);
        var type = Of(parsed);
        return new FieldStructure(name, ordinal, type, native, nullable, type is FieldType.Array or FieldType.Struct ? null : Size(parsed), Digits(parsed), string.IsNullOrEmpty(remarks) ? null : remarks)
        {
            ElementType = type is FieldType.Array && parsed.Inner is { } inner ? Of(TypeName.Parse(inner)) : null,
        };
    }

    public static bool IsWhole(string head) => head is "tinyint" or "smallint" or "int" or "integer" or "bigint" or "int64" or "byte" or "short" or "long";

    public static bool IsDecimal(string head) => head is "decimal" or "numeric" or "bignumeric" or "dec";

    public static FieldType Of(TypeName type) => type.Head switch
    {
        var head when IsWhole(head) => FieldType.Integral,
        "decimal" or "dec" or "numeric" or "bignumeric" => type is { First: not null, Second: null or 0 } ? FieldType.Integral : FieldType.Fractional,
        "real" or "float" or "double" or "double precision" or "float64" => FieldType.Fractional,
        "boolean" or "bool" => FieldType.Boolean,
        "date" => FieldType.Date,
        "timestamp" or "timestamp with time zone" or "timestamp_ntz" or "timestamp_ltz" or "datetime" => FieldType.Timestamp,
        "array" or "list" => FieldType.Array,
        "map" or "row" or "struct" or "object" => FieldType.Struct,
        "varchar" or "char" or "character" or "character varying" or "string" or "text" or "json" or "uuid" or "ipaddress" or "variant" or "geography" or "geometry"
            or "time" or "time with time zone" => FieldType.String,
        var head when head.StartsWith("interval", StringComparison.Ordinal) => FieldType.String,
        _ => FieldType.Unknown,
    };

    private static int? Size(TypeName type) => type.Head is "time" || type.Head.StartsWith("timestamp", StringComparison.Ordinal) ? null : type.First;

    private static int? Digits(TypeName type) => IsDecimal(type.Head) ? type.First is null ? null : type.Second ?? 0
        : type.Head is "time" || type.Head.StartsWith("timestamp", StringComparison.Ordinal) ? type.First : null;
}
