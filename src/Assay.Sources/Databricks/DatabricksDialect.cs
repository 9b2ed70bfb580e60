using Assay.Sources.Contract;
using Assay.Sources.Warehouses;

namespace Assay.Sources.Databricks;

/// <param name="catalog">The catalog where it is part of the connection; null where the datastore names it.</param>
internal sealed class DatabricksDialect(string? catalog = null) : BacktickDialect
{
    public override string ProbeType => "INT";

    public override string Table(WarehousePlace place, string name) => base.Table(place with { Catalog = place.Catalog ?? catalog }, name);

    protected override string Moment(DateTimeOffset moment, FieldStructure field) =>
        IsLocal(field) ? $"TIMESTAMP_NTZ '{Digits(moment)}'" : $"TIMESTAMP '{Digits(moment)}+00:00'";

    /// <summary>Answers cut moments to milliseconds; as text they keep their digits. Text is in the session's zone, so it is moved to UTC before.</summary>
    public override string Expression(FieldStructure field) => field.Type switch
    {
        FieldType.Timestamp when IsLocal(field) => $"CAST({Quote(field.Name)} AS STRING)",
        FieldType.Timestamp => $"CAST(to_utc_timestamp({Quote(field.Name)}, current_timezone()) AS STRING)",
        _ => Quote(field.Name),
    };

    private static bool IsLocal(FieldStructure field) => field.NativeType.Equals("timestamp_ntz", StringComparison.OrdinalIgnoreCase);
}
