using Assay.Sources.Contract;
using Assay.Sources.Reading;

namespace Assay.Sources.Warehouses;

/// <summary>Staging by the names of types on which the vendors agree.</summary>
internal abstract class CommonDialect : SqlDialect
{
    public override (string Type, Conversion? Conversion) Staging(FieldStructure field)
    {
        var type = TypeName.Parse(field.NativeType);
        return type.Head switch
        {
            var head when WarehouseTypes.IsWhole(head) => Native("Int64"),
            var head when WarehouseTypes.IsDecimal(head) => Decimal(type.First, type.Second),
            "real" or "float" => Native("Float32"),
            "double" or "double precision" or "float64" => Native("Float64"),
            "boolean" or "bool" => Native("Bool"),
            "date" => Surveyed(Conversion.Date),
            _ when field.Type is FieldType.Timestamp => Surveyed(Conversion.Timestamp),
            _ => AsText,
        };
    }
}
