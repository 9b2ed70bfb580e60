using System.Globalization;
using Assay.Sources.Writing;

namespace Assay.Server.Enrichment.Remediation;

/// <summary>
/// A value of a kept record as one that its column can hold. What the column cannot hold, since the source changed after the last sync perhaps, is
/// NULL there; the record itself keeps it.
/// </summary>
internal static class RemediationValue
{
    private const DateTimeStyles Universal = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
    private static readonly string[] Usual = ["yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", "yyyy-MM-dd"];
    // The engine's calendar, by which every store's writer goes.
    private const int FirstYear = 1900, LastYear = 2299;

    // What is fine as it is written stays text, for it is text that is sent.
    public static object? Of(TableColumn column, string text) => column.Type switch
    {
        TableType.Text => text,
        TableType.Integral => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) ? text : null,
        TableType.Fractional => Fraction(text),
        TableType.Exact => Exact(text, column.Precision ?? 38, column.Scale ?? 0),
        TableType.Boolean => text switch { "true" or "1" or "t" => "true", "false" or "0" or "f" => "false", _ => null },
        TableType.Date => Time(text) is { } day ? DateOnly.FromDateTime(day) : null,
        _ => Time(text),
    };

    private static double? Fraction(string text) => text switch
    {
        "nan" or "NaN" => double.NaN,
        "inf" or "Infinity" => double.PositiveInfinity,
        "-inf" or "-Infinity" => double.NegativeInfinity,
        _ => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null,
    };

    // As text: no type of .NET has all digits.
    private static string? Exact(string text, int precision, int scale)
    {
        if (text.Contains('e', StringComparison.OrdinalIgnoreCase))
        {
            if (!decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)) return null;
            text = number.ToString(CultureInfo.InvariantCulture);
        }
        var point = text.IndexOf('.', StringComparison.Ordinal);
        var whole = text.AsSpan(0, point < 0 ? text.Length : point).TrimStart('-');
        var behind = point < 0 ? default : text.AsSpan(point + 1);
        if (whole.IsEmpty || whole.ContainsAnyExceptInRange('0', '9') || behind.ContainsAnyExceptInRange('0', '9')) return null;
        if (whole.TrimStart('0').Length > precision - scale) return null;
        return behind.Length <= scale ? text : text[..(scale == 0 ? point : point + 1 + scale)];
    }

    private static DateTime? Time(string text) =>
        (DateTime.TryParseExact(text, Usual, CultureInfo.InvariantCulture, Universal, out var time) || DateTime.TryParse(text, CultureInfo.InvariantCulture, Universal, out time))
        && time.Year is >= FirstYear and <= LastYear ? time : null;
}
