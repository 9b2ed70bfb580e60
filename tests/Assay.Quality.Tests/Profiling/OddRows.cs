using Assay.Quality.Profiling;

namespace Assay.Quality.Tests.Profiling;

/// <summary>Rows of every type the engine has, with values that are easily counted wrongly.</summary>
internal static class OddRows
{
    /// <summary>What each column is selected as, from 400 numbers; its type is taken from what the source declares, or from its texts.</summary>
    private static readonly (FieldKind Declared, bool Infer, string Expression)[] Columns =
    [
        (FieldKind.Integral, false, "toInt8(number % 200 - 100)"),
        (FieldKind.Integral, false, "toNullable(toUInt16(65535 - number))"),
        (FieldKind.Integral, false, "18446744073709551615 - number"),
        (FieldKind.Integral, false, "toInt128(number) * toInt128('1000000000000000000000')"),
        (FieldKind.Integral, false, "-9223372036854775807 - 1 + toInt64(number % 2)"),
        (FieldKind.Fractional, false, "toFloat32(number / 3)"),
        (FieldKind.Fractional, false, "toNullable(if(number % 2 = 0, -0.0, 0.0))"),
        (FieldKind.Fractional, false, "nan"),
        (FieldKind.Fractional, false, "if(number % 3 = 0, NULL, -inf)"),
        (FieldKind.Fractional, false, "if(number % 2 = 0, 1e308, 1.5e308)"),
        (FieldKind.Fractional, false, "toDecimal128(number, 20) / 7"),
        // Texts that the source declares as numbers, since they are too wide for the engine's.
        (FieldKind.Integral, false, "if(number % 5 = 0, 'none', toString(number))"),
        (FieldKind.Fractional, false, "if(number % 5 = 0, NULL, concat('1e', toString(number)))"),
        (FieldKind.Fractional, false, "'none'"),
        // Texts whose type is found out; empty ones are values, but not of that type.
        (FieldKind.String, true, "multiIf(number % 7 = 0, '', number % 9 = 0, NULL, concat('+', toString(number % 50)))"),
        (FieldKind.String, true, "if(number % 7 = 0, '', toString(number / 8))"),
        (FieldKind.String, true, "if(number % 7 = 0, '', if(number % 2 = 0, 'yes', 'No'))"),
        (FieldKind.String, true, "if(number % 7 = 0, '', toString(toDate32('1990-01-01') + number))"),
        (FieldKind.String, true, "if(number % 7 = 0, '', concat(toString(toDate32('1990-01-01') + number), 'T10:00:00Z'))"),
        (FieldKind.String, true, "''"),
        (FieldKind.String, false, "if(number % 3 = 0, '', NULL)"),
        (FieldKind.String, false, "CAST(NULL, 'Nullable(String)')"),
        (FieldKind.String, false, "['é', 'éé', '漢字', '🙂', unhex('C3'), unhex('E6BCA2E6'), unhex('80FF00'), 'a\\0b'][number % 8 + 1]"),
        (FieldKind.String, false, "repeat('é', 100 + number % 29)"),
        (FieldKind.String, false, "repeat('é', 100 + number % 30)"),
        (FieldKind.String, false, "toLowCardinality(concat('v', toString(number % 5)))"),
        (FieldKind.String, false, "toLowCardinality(if(number % 5 = 0, NULL, toString(number % 5)))"),
        (FieldKind.String, false, "CAST(number % 3 AS Enum8('red' = 0, 'blue' = 1, 'schön' = 2))"),
        (FieldKind.String, false, "toNullable(CAST(number % 2 AS Enum16('no' = 0, 'yes' = 1)))"),
        (FieldKind.String, false, "toFixedString(if(number % 3 = 0, 'é', 'abc'), 5)"),
        (FieldKind.String, true, "toNullable(toFixedString(toString(number % 50), 4))"),
        (FieldKind.String, false, "toUUID('61f0c404-5cb3-11e7-907b-a6006ad3dba0')"),
        (FieldKind.String, false, "if(number % 4 = 0, NULL, toIPv4('10.0.0.1') + number % 3)"),
        (FieldKind.Boolean, false, "CAST(if(number % 4 = 0, NULL, number % 3 = 0), 'Nullable(Bool)')"),
        (FieldKind.Date, false, "toDate('1970-01-01') + number % 9"),
        (FieldKind.Date, false, "toNullable(if(number % 2 = 0, toDate32('1900-01-01'), toDate32('2299-12-31')))"),
        (FieldKind.Date, false, "if(number % 3 = 0, '0044-03-15 BC', '1492-10-12')"),
        (FieldKind.Timestamp, false, "toDateTime('2024-01-01 00:00:00', 'UTC') + number"),
        (FieldKind.Timestamp, false, "toDateTime('2024-10-27 00:00:00', 'Europe/Berlin') + number * 60"),
        (FieldKind.Timestamp, false, "toDateTime64('2024-01-01 00:00:00.123', 3, 'UTC') + number"),
        (FieldKind.Timestamp, false, "toNullable(toDateTime64('1900-01-01 00:00:00.000001', 6)) + number"),
        (FieldKind.Timestamp, false, "toDateTime64('2024-10-27 00:00:00', 6, 'Europe/Berlin') + number * 60"),
        (FieldKind.Timestamp, false, "if(number % 3 = 0, 'infinity', '0900-01-01 00:00:00')"),
        (FieldKind.Struct, false, "CAST((number % 3, if(number % 2 = 0, NULL, 'x'), (nan, number)), 'Tuple(a Int32, b Nullable(String), c Tuple(d Float64, e Nullable(UInt8)))')"),
    ];

    public static string Sql { get; } = $"SELECT {string.Join(", ", Columns.Select((c, i) => $"{c.Expression} AS o{i}"))} FROM numbers(400)";

    public static ProfileField[] Fields { get; } = [.. Columns.Select((c, i) => new ProfileField($"o{i}", c.Declared, c.Infer))];
}
