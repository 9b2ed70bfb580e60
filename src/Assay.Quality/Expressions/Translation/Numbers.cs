using System.Globalization;
using Assay.Quality.Expressions.Syntax;

namespace Assay.Quality.Expressions.Translation;

/// <summary>Literals of numbers: with a point they are decimals, with an exponent doubles, and suffixes choose a type.</summary>
internal static class Numbers
{
    public static Term Of(NumberNode node)
    {
        var text = node.Text.ToUpperInvariant();
        if (text.EndsWith("BD", StringComparison.Ordinal)) return Decimal(node, text[..^2]);
        if (text[^1] is 'L' or 'S' or 'Y' && long.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var whole))
            return new(whole.ToString(CultureInfo.InvariantCulture), SqlType.Integer, node);
        if (text[^1] is 'D' or 'F') return Double(node, text[..^1]);
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return new(number.ToString(CultureInfo.InvariantCulture), number <= int.MaxValue ? SqlType.Int : SqlType.Integer, node);
        return text.Contains('E', StringComparison.Ordinal) ? Double(node, text) : Decimal(node, text);
    }

    private static Term Double(NumberNode node, string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _)
        ? new($"toFloat64('{text}')", SqlType.Double, node)
        : throw Wrong(node);

    private static Term Decimal(NumberNode node, string text)
    {
        var point = text.IndexOf('.', StringComparison.Ordinal);
        var (before, after) = point < 0 ? (text, "") : (text[..point], text[(point + 1)..]);
        if (before.Length + after.Length is 0 or > 38 || !(before + after).All(char.IsAsciiDigit)) throw Wrong(node);
        return new($"toDecimal256('{(before.Length == 0 ? "0" : before)}.{(after.Length == 0 ? "0" : after)}', {after.Length})", SqlType.Decimal(Math.Max(1, before.Length + after.Length), after.Length), node);
    }

    private static ExpressionException Wrong(NumberNode node) => new(node.Position, $"'{node.Text}' is not a number");
}
