using Assay.Sources.Contract;
using Assay.Sources.Warehouses;

namespace Assay.Sources.Athena;

internal sealed class AthenaDialect : CommonDialect
{
    public override string Chance => "random()";

    /// <summary>Nested values would come in a form that nobody can take apart again.</summary>
    public override string Expression(FieldStructure field) =>
        field.Type is FieldType.Array or FieldType.Struct ? $"json_format(CAST({Quote(field.Name)} AS JSON))" : Quote(field.Name);
}
