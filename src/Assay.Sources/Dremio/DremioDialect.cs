using Assay.Sources.Contract;
using Assay.Sources.Warehouses;

namespace Assay.Sources.Dremio;

internal sealed class DremioDialect : CommonDialect
{
    public override string Chance => "random()";

    /// <summary>A schema is a path of spaces, sources and folders.</summary>
    public override string Table(WarehousePlace place, string name) => string.Join('.', place.Schema!.Split('.').Append(name).Select(Quote));

    /// <summary>Answers are JSON, whose numbers and times are not exact; as text they are. Rows are objects, so that every column needs a name.</summary>
    public override string Expression(FieldStructure field) => field.Type is FieldType.Integral or FieldType.Date or FieldType.Timestamp || WarehouseTypes.IsDecimal(TypeName.Parse(field.NativeType).Head)
        ? $"CAST({Quote(field.Name)} AS VARCHAR) AS {Quote(field.Name)}"
        : Quote(field.Name);
}
