namespace Assay.Quality.Rules.Text;

/// <summary>Whether text can be read as a value of a type: what Spark's casts accept.</summary>
internal static class TextTypes
{
    private const string Day = @"(\\d{4})-(\\d{1,2})-(\\d{1,2})";

    /// <param name="type">The type.</param>
    /// <param name="text">An expression that is text and not NULL.</param>
    public static string Reads(FieldType type, string text) => type switch
    {
        FieldType.Integral => $@"match({text}, '^\\s*[+-]?\\d+\\s*$')",
        FieldType.Fractional => $@"match({text}, '^\\s*[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?\\s*$')",
        FieldType.Boolean => $@"match({text}, '(?i)^\\s*(true|false|t|f|yes|no|y|n|1|0)\\s*$')",
        FieldType.Date => $@"(match({text}, '^\\s*{Day}\\s*$') AND {IsDay(text)})",
        FieldType.Timestamp =>
            $@"(match({text}, '^\\s*{Day}([ T]([01]?\\d|2[0-3]):[0-5]?\\d(:[0-5]?\\d(\\.\\d{{1,9}})?)?\\s*(Z|UTC|[+-]\\d{{1,2}}(:?\\d{{2}})?)?)?\\s*$') AND {IsDay(text)})",
        _ => "1",
    };

    private static string IsDay(string text)
    {
        string Part(int n) => $"toInt32OrZero(extractGroups({text}, '{Day}')[{n}])";
        return $"{Part(2)} BETWEEN 1 AND 12 AND {Part(3)} BETWEEN 1 AND "
            + $"[31, if({Part(1)} % 4 = 0 AND ({Part(1)} % 100 != 0 OR {Part(1)} % 400 = 0), 29, 28), 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][greatest(1, least(12, {Part(2)}))]";
    }
}
