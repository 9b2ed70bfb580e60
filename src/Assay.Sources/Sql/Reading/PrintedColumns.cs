using Assay.Sources.Contract;
using Assay.Sources.Reading;

namespace Assay.Sources.Sql.Reading;

/// <summary>How a column is read whose driver is trusted to answer its values as they are: by the field's type alone.</summary>
internal static class PrintedColumns
{
    /// <param name="expression">The column in the SELECT.</param>
    public static SqlColumn Of(FieldStructure field, int position, string expression) => field.Type switch
    {
        FieldType.Integral or FieldType.Fractional when IsFloat(field.NativeType) => new(field, position, expression, SqlValueKind.Float64),
        FieldType.Integral => new(field, position, expression, SqlValueKind.Text, Conversion.Whole),
        FieldType.Fractional => new(field, position, expression, SqlValueKind.Text, Conversion.Decimal),
        FieldType.Boolean => new(field, position, expression, SqlValueKind.Bool),
        FieldType.Date => new(field, position, expression, SqlValueKind.Text, Conversion.Date),
        FieldType.Timestamp => new(field, position, expression, SqlValueKind.Text, Conversion.Timestamp),
        _ => new(field, position, expression, SqlValueKind.Text),
    };

    private static bool IsFloat(string native) =>
        native.Contains("float", StringComparison.OrdinalIgnoreCase) || native.Contains("double", StringComparison.OrdinalIgnoreCase) || native.Contains("real", StringComparison.OrdinalIgnoreCase);
}
