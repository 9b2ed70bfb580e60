using Assay.Engine;

namespace Assay.Quality.Computed.Fields;

/// <summary>Numbers as people print them: with currency, thousands, percent signs, negative ones in parentheses.</summary>
internal static class FormattedNumberField
{
    /// <summary>Parenthesis or sign, currency, digits with or without commas, fraction, percent or currency, trailing sign.</summary>
    private const string Pattern =
        @"^\s*([-+]?)\s*(\(?)\s*([-+]?)\s*(?:\p{Sc}|[A-Za-z]{3}\b)?\s*([-+]?)\s*(\d{1,3}(?:,\d{3})+|\d*)(\.\d+|\.)?\s*(?:%|\p{Sc}|[A-Za-z]{3})?\s*(\)?)\s*(-?)\s*$";

    public static FieldTransformation Spec { get; } = new("convertFormattedNumeric",
        "The number that a text prints: $1,234.56 is 1234.56, (2020) is -2020, 100% is 100. A text that is no number becomes NULL.", FieldTransformation.Single, [FieldType.String], []);

    public static string Sql(string text)
    {
        var groups = $"extractGroups(ifNull(toString({text}), ''), {EngineLiteral.Quote(Pattern)})";
        // Groups: 1, 3, 4 and 8 signs, 2 and 7 parentheses, 5 digits, 6 fraction.
        return $"arrayElement(arrayMap(g -> if(length(g) = 0 OR empty(g[2]) <> empty(g[7]), NULL, toFloat64OrNull(concat("
            + "if(((g[1] = '-') + (g[3] = '-') + (g[4] = '-') + (g[8] = '-') + notEmpty(g[2])) % 2 = 1, '-', ''), "
            + $"replaceAll(g[5], ',', ''), if(g[6] = '.', '', g[6])))), [{groups}]), 1)";
    }
}
