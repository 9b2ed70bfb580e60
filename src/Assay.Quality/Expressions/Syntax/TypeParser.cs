using System.Globalization;

namespace Assay.Quality.Expressions.Syntax;

/// <summary>Reads the types that values can be cast to.</summary>
internal static class TypeParser
{
    public static SqlType? Simple(string name) => name.ToLowerInvariant() switch
    {
        "string" or "varchar" or "char" => SqlType.String,
        "boolean" => SqlType.Boolean,
        "tinyint" or "byte" => SqlType.Integer with { Bits = 8 },
        "smallint" or "short" => SqlType.Integer with { Bits = 16 },
        "int" or "integer" => SqlType.Int,
        "bigint" or "long" => SqlType.Integer,
        "float" or "real" => new SqlType(SqlKind.Float),
        "double" => SqlType.Double,
        "decimal" or "dec" or "numeric" => SqlType.Decimal(10, 0),
        "date" => SqlType.Date,
        "timestamp" or "timestamp_ntz" or "timestamp_ltz" => SqlType.Timestamp,
        _ => null,
    };

    public static SqlType Parse(Parser parser)
    {
        var token = parser.Next();
        if (token.Is("array"))
        {
            parser.ExpectSign("<");
            var element = Parse(parser);
            parser.ExpectSign(">");
            return SqlType.Array(element);
        }

        var type = (token.Kind == TokenKind.Name ? Simple(token.Text) : null) ?? throw new ExpressionException(token.Position, $"{token} is not a type that values can be cast to");
        if (!parser.TakeSign("(")) return type;
        var precision = Number(parser);
        var scale = parser.TakeSign(",") ? Number(parser) : 0;
        parser.ExpectSign(")");
        if (type.Kind != SqlKind.Decimal) return type;
        return precision is >= 1 and <= 38 && scale <= precision
            ? SqlType.Decimal(precision, scale)
            : throw new ExpressionException(token.Position, "A decimal has 1 to 38 digits, and not more of them behind the point");
    }

    private static int Number(Parser parser)
    {
        var token = parser.Next();
        return token.Kind == TokenKind.Number && int.TryParse(token.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new ExpressionException(token.Position, $"A number is expected, not {token}");
    }
}
