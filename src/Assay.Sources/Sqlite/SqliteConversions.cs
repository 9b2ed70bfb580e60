using Assay.Sources.Contract;
using Assay.Sources.Reading;

namespace Assay.Sources.Sqlite;

/// <summary>What a column of values with letters in front becomes: a type of the engine where all its values are of one, their text otherwise.</summary>
internal static class SqliteConversions
{
    private const int Wholes = 0, Reals = 1, Texts = 2, Bytes = 3, BigWholes = 4, OtherThanBits = 5;
    private const int Figures = 6;

    // Beyond 2^53 a whole number is no longer one exact real.
    private static readonly string[] survey =
    [
        "countIf(startsWith({0}, 'i'))", "countIf(startsWith({0}, 'r'))", "countIf(startsWith({0}, 't'))", "countIf(startsWith({0}, 'b'))",
        "countIf(startsWith({0}, 'i') AND abs(toInt128OrZero(substring({0}, 2))) > 9007199254740992)", "countIf({0} NOT IN ('i0', 'i1'))",
    ];

    public static Conversion For(FieldType type)
    {
        var moments = type switch { FieldType.Date => Conversion.Date, FieldType.Timestamp => Conversion.Timestamp, _ => null };
        return new Conversion([.. survey, .. moments?.Survey("substring({0}, 2)").Select(Escaped) ?? []], (column, seen) => Convert(column, seen, type, moments));
    }

    private static string Convert(string column, object?[] seen, FieldType type, Conversion? moments)
    {
        bool Any(int figure) => Conversion.Number(seen[figure]) > 0;
        var value = $"substring({column}, 2)";
        return (Any(Wholes), Any(Reals), Any(Texts), Any(Bytes)) switch
        {
            (false, false, false, false) => column,
            (true, false, false, false) when type is FieldType.Boolean && !Any(OtherThanBits) => $"CAST({value} = '1', 'Nullable(Bool)')",
            (true, false, false, false) => $"CAST({value}, 'Nullable(Int64)')",
            (_, true, false, false) when !Any(BigWholes) => $"if(startsWith({column}, 'r'), {RealOf(column)}, toFloat64(toInt64OrNull({value})))",
            (false, false, true, false) when moments?.Convert(value, seen[Figures..]) is { } moment => moment,
            (_, false, _, _) => value,
            _ => $"if(startsWith({column}, 'r'), substring({column}, 18), {value})",
        };
    }

    /// <summary>The eight bytes of a real, which no printing and parsing has rounded.</summary>
    private static string RealOf(string column) => $"reinterpretAsFloat64(unhex(substring(assumeNotNull({column}), 2, 16)))";

    /// <summary>Braces that have been through one round of formatting and have another to go, but for the column's.</summary>
    private static string Escaped(string text) => text.Replace("{", "{{").Replace("}", "}}").Replace("{{0}}", "{0}");
}
