using Assay.Sources.Contract;

namespace Assay.Sources.Snowflake;

/// <summary>Columns' types from what the information schema tells of them.</summary>
internal static class SnowflakeTypes
{
    /// <summary>The information schema's name of a type that a result calls in its own way.</summary>
    public static string Plain(string type) => type.ToUpperInvariant() switch { "FIXED" => "NUMBER", "REAL" => "FLOAT", var other => other };

    public static (FieldType Type, string Native, int? Size, int? Digits) Of(string type, long? length, int? precision, int? scale, int? fraction) => type switch
    {
        "NUMBER" => (scale is null or 0 ? FieldType.Integral : FieldType.Fractional, $"NUMBER({precision ?? 38},{scale ?? 0})", precision ?? 38, scale ?? 0),
        "DECFLOAT" => (FieldType.Fractional, type, null, null),
        "FLOAT" => (FieldType.Fractional, type, null, null),
        "TEXT" => (FieldType.String, length is null ? "VARCHAR" : $"VARCHAR({length})", (int?)length, null),
        "BOOLEAN" => (FieldType.Boolean, type, null, null),
        "DATE" => (FieldType.Date, type, null, null),
        "TIMESTAMP_NTZ" or "TIMESTAMP_LTZ" or "TIMESTAMP_TZ" => (FieldType.Timestamp, $"{type}({fraction ?? 9})", null, fraction ?? 9),
        "TIME" => (FieldType.String, $"TIME({fraction ?? 9})", null, fraction ?? 9),
        "VARIANT" or "GEOGRAPHY" or "GEOMETRY" => (FieldType.String, type, null, null),
        "OBJECT" or "MAP" => (FieldType.Struct, type, null, null),
        "ARRAY" or "VECTOR" => (FieldType.Array, type, null, null),
        _ => (FieldType.Unknown, type, (int?)length, null),
    };
}
