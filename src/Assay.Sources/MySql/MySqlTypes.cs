using Assay.Sources.Contract;
using Assay.Sources.Sql.Listing;

namespace Assay.Sources.MySql;

/// <summary>Which field type of the platform stands for a type.</summary>
internal static class MySqlTypes
{
    /// <param name="native">The type in full, such as <c>int(10) unsigned</c>.</param>
    public static SqlType Of(string native, int? size, int? digits) => NameOf(native) switch
    {
        "tinyint" or "smallint" or "mediumint" or "int" or "bigint" => new(FieldType.Integral),
        "year" => new(FieldType.Integral),
        // One bit is a yes or no; more are a number.
        "bit" => size == 1 ? new(FieldType.Boolean) : new(FieldType.Integral, size),
        "decimal" => new(digits is > 0 ? FieldType.Fractional : FieldType.Integral, size, digits),
        "float" or "double" => new(FieldType.Fractional),
        "date" => new(FieldType.Date),
        "datetime" or "timestamp" => new(FieldType.Timestamp, Digits: digits),
        "time" => new(FieldType.String, Digits: digits),
        "char" or "varchar" or "tinytext" or "text" or "mediumtext" or "longtext" => new(FieldType.String, size),
        "enum" or "set" or "json" or "uuid" or "inet4" or "inet6" => new(FieldType.String),
        _ => new(FieldType.Unknown),
    };

    /// <summary>The type's name without lengths and attributes.</summary>
    public static string NameOf(string native) =>
        native.IndexOfAny([' ', '(']) is var end and >= 0 ? native[..end].ToLowerInvariant() : native.ToLowerInvariant();
}
