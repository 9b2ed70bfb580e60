using System.Globalization;

namespace Assay.Sources.Files.Schema.Values;

/// <summary>
/// Tells what a text looks like. Only spellings that the engine reads back without a guess count as dates and timestamps (ISO
/// order); digits with leading zeros are identifiers, such as postal codes, and stay text.
/// </summary>
internal static class ValueReader
{
    private static readonly string[] Dates = ["yyyy-MM-dd"];

    private static readonly string[] Timestamps =
    [
        .. from separator in (string[])["' '", "'T'"]
           from time in (string[])["HH:mm:ss", "HH:mm:ss.FFFFFFF", "HH:mm"]
           from zone in (string[])["", "K", "zzz"]
           select $"yyyy-MM-dd{separator}{time}{zone}",
    ];

    public static ValueKind KindOf(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        if (text.IsEmpty || text is @"\N") return ValueKind.Null;
        if (text.Equals("true", StringComparison.OrdinalIgnoreCase) || text.Equals("false", StringComparison.OrdinalIgnoreCase)) return ValueKind.Boolean;
        if (text is "NaN" or "nan" or "inf" or "-inf" or "Infinity" or "-Infinity") return ValueKind.Fractional;
        if (!char.IsAsciiDigit(text[0]) && text[0] is not ('-' or '+' or '.')) return ValueKind.Text;
        return NumberKind(text) ?? TimeKind(text) ?? ValueKind.Text;
    }

    private static ValueKind? NumberKind(ReadOnlySpan<char> text)
    {
        var digits = text[0] is '-' or '+' ? text[1..] : text;
        if (digits.IsEmpty || HasLeadingZero(digits)) return null;
        if (!digits.ContainsAnyExceptInRange('0', '9'))
        {
            if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)) return ValueKind.Integral;
            return digits.Length <= 38 ? ValueKind.WideIntegral : null;
        }
        const NumberStyles style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return double.TryParse(text, style, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? ValueKind.Fractional : null;
    }

    private static bool HasLeadingZero(ReadOnlySpan<char> digits) => digits.Length > 1 && digits[0] == '0' && char.IsAsciiDigit(digits[1]);

    private static ValueKind? TimeKind(ReadOnlySpan<char> text)
    {
        if (text.Length < 10 || text[4] != '-') return null;
        if (DateTime.TryParseExact(text, Dates, CultureInfo.InvariantCulture, DateTimeStyles.None, out _)) return ValueKind.Date;
        return text.Length > 10 && DateTime.TryParseExact(text, Timestamps, CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
            ? ValueKind.Timestamp
            : null;
    }
}
