using Assay.Sources.Contract;

namespace Assay.Sources.Writing;

/// <summary>The engine's types for columns of written tables.</summary>
internal static class EngineTypeNames
{
    private const int MostDigits = 38, UsualScale = 10;

    public static string Of(TableColumn column) => $"Nullable({Bare(column)})";

    public static string Bare(TableColumn column) => column.Type switch
    {
        TableType.Integral => "Int64",
        TableType.Fractional => "Float64",
        TableType.Exact => $"Decimal({column.Precision ?? MostDigits}, {column.Scale ?? (column.Precision is null ? UsualScale : 0)})",
        TableType.Boolean => "Bool",
        TableType.Date => "Date32",
        TableType.Timestamp => "DateTime64(6, 'UTC')",
        _ => "String",
    };

    public static FieldType FieldTypeOf(TableColumn column) => column.Type switch
    {
        TableType.Integral => FieldType.Integral,
        TableType.Fractional or TableType.Exact => FieldType.Fractional,
        TableType.Boolean => FieldType.Boolean,
        TableType.Date => FieldType.Date,
        TableType.Timestamp => FieldType.Timestamp,
        _ => FieldType.String,
    };
}
