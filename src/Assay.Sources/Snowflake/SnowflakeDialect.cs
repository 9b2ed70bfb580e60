using Assay.Sources.Contract;
using Assay.Sources.Reading;
using Assay.Sources.Warehouses;

namespace Assay.Sources.Snowflake;

internal sealed class SnowflakeDialect : SqlDialect
{
    /// <summary>RANDOM() itself is a 64-bit whole number.</summary>
    public override string Chance => "UNIFORM(0::FLOAT, 1::FLOAT, RANDOM())";

    /// <summary>Text in Snowflake knows escapes by backslash.</summary>
    public override string Text(string value) => base.Text(value.Replace("\\", "\\\\", StringComparison.Ordinal));

    protected override string Moment(DateTimeOffset moment, FieldStructure field) =>
        field.NativeType.StartsWith("TIMESTAMP_NTZ", StringComparison.Ordinal) ? $"'{Digits(moment)}'::TIMESTAMP_NTZ" : $"'{Digits(moment)} +0000'::TIMESTAMP_TZ";

    public override (string Type, Conversion? Conversion) Staging(FieldStructure field) => field.Type switch
    {
        FieldType.Fractional when field.NativeType == "FLOAT" => Native("Float64"),
        FieldType.Integral or FieldType.Fractional => Decimal(field.Size, field.Digits),
        FieldType.Boolean => Native("Bool"),
        FieldType.Date => Surveyed(Conversion.Date),
        FieldType.Timestamp => Surveyed(Conversion.Timestamp),
        _ => AsText,
    };
}
