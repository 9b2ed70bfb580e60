using Assay.Sources.Contract;
using Assay.Sources.Sql.Queries;
using Assay.Sources.Warehouses;

namespace Assay.Sources.BigQuery;

internal sealed class BigQueryDialect : BacktickDialect
{
    protected override QueryLexis Lexis { get; } = new(HashComments: true);

    public override string ProbeType => "INT64";

    public override string Quote(string name) => $"`{name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("`", "\\`", StringComparison.Ordinal)}`";

    protected override string Moment(DateTimeOffset moment, FieldStructure field) =>
        field.NativeType == "DATETIME" ? $"DATETIME '{Digits(moment)}'" : $"TIMESTAMP '{Digits(moment)}+00'";

    public override string Expression(FieldStructure field) =>
        field.Type is FieldType.Array or FieldType.Struct ? $"TO_JSON_STRING({Quote(field.Name)})" : Quote(field.Name);
}
