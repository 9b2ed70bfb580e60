using Assay.Sources.Contract;
using Assay.Sources.Warehouses;

namespace Assay.Sources.Trino;

internal sealed class TrinoDialect : CommonDialect
{
    public override string Chance => "random()";

    protected override string Moment(DateTimeOffset moment, FieldStructure field) =>
        IsZoned(field) ? $"TIMESTAMP '{Digits(moment)} UTC'" : $"TIMESTAMP '{Digits(moment)}'";

    /// <summary>Moments come with the zone they were written in, which may be a name; they are asked for in UTC instead.</summary>
    public override string Expression(FieldStructure field) => IsZoned(field)
        ? $"CAST({Quote(field.Name)} AT TIME ZONE 'UTC' AS timestamp{(field.Digits is { } digits ? $"({digits})" : "")})"
        : Quote(field.Name);

    private static bool IsZoned(FieldStructure field) => field.Type is FieldType.Timestamp && field.NativeType.EndsWith("with time zone", StringComparison.Ordinal);
}
