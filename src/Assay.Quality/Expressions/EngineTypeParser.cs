using System.Globalization;

namespace Assay.Quality.Expressions;

/// <summary>Reads the engine's names of types, such as <c>Array(Nullable(Decimal(10, 2)))</c>.</summary>
public static class EngineTypeParser
{
    /// <summary>The type as expressions see it; whether it may be NULL does not matter, for Spark every value may.</summary>
    public static SqlType Parse(string name)
    {
        var text = name.Trim();
        var open = text.IndexOf('(', StringComparison.Ordinal);
        var head = open < 0 ? text : text[..open];
        var arguments = open < 0 ? [] : Split(text[(open + 1)..text.LastIndexOf(')')]);
        return head switch
        {
            "Nullable" or "LowCardinality" => Parse(arguments[0]),
            "Bool" => SqlType.Boolean,
            "Int8" => SqlType.Integer with { Bits = 8 },
            "Int16" or "UInt8" => SqlType.Integer with { Bits = 16 },
            "Int32" or "UInt16" => SqlType.Integer with { Bits = 32 },
            "Int64" or "UInt32" => SqlType.Integer,
            "UInt64" or "Int128" or "UInt128" or "Int256" or "UInt256" => SqlType.Integer with { Bits = 128 },
            "Float32" or "BFloat16" => new SqlType(SqlKind.Float),
            "Float64" => SqlType.Double,
            "Decimal" => SqlType.Decimal(Number(arguments[0]), arguments.Count > 1 ? Number(arguments[1]) : 0),
            "Date" or "Date32" => SqlType.Date,
            "DateTime" or "DateTime64" => SqlType.Timestamp,
            "Array" => SqlType.Array(Parse(arguments[0])),
            "Map" => SqlType.Map(Parse(arguments[0]), Parse(arguments[1])),
            "Tuple" or "Nested" => SqlType.Struct([.. arguments.Select(Member)]),
            "String" or "FixedString" => SqlType.String,
            _ => SqlType.Unknown,
        };
    }

    private static (string, SqlType) Member(string text, int index)
    {
        if (text.StartsWith('`'))
        {
            var end = text.IndexOf('`', 1);
            while (text[end - 1] == '\\') end = text.IndexOf('`', end + 1);
            return (text[1..end].Replace("\\`", "`", StringComparison.Ordinal), Parse(text[(end + 1)..]));
        }

        var blank = text.IndexOf(' ', StringComparison.Ordinal);
        var open = text.IndexOf('(', StringComparison.Ordinal);
        return blank > 0 && (open < 0 || blank < open)
            ? (text[..blank], Parse(text[(blank + 1)..]))
            : ((index + 1).ToString(CultureInfo.InvariantCulture), Parse(text));
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>Splits at commas outside of parentheses and quotes.</summary>
    private static List<string> Split(string text)
    {
        List<string> parts = [];
        var (depth, start, quote) = (0, 0, '\0');
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (quote != '\0')
            {
                if (c == '\\') i++;
                else if (c == quote) quote = '\0';
            }
            else if (c is '\'' or '`') quote = c;
            else if (c == '(') depth++;
            else if (c == ')') depth--;
            else if (c == ',' && depth == 0)
            {
                parts.Add(text[start..i].Trim());
                start = i + 1;
            }
        }

        parts.Add(text[start..].Trim());
        return parts;
    }
}
