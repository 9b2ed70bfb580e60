using System.Globalization;
using System.Text;
using Assay.Sources.Writing;

namespace Assay.Server.Enrichment.Remediation;

/// <summary>Dates and times. Kept records usually have them as <c>2024-02-29</c> and <c>2024-02-29T12:34:56.789012Z</c>.</summary>
internal static class TimeCell
{
    private const DateTimeStyles Universal = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
    private const int DayLength = 10, UsualLength = 27, WrittenLength = 26;
    // The engine's calendar, by which every store's writer goes.
    private const int FirstYear = 1900, LastYear = 2299;

    public static void Write(RowLines lines, ReadOnlySpan<byte> text, bool wholeDays)
    {
        if (text.Length == DayLength && wholeDays && IsDay(text)) lines.Bare(text);
        else if (IsUsual(text)) Usual(lines, text, wholeDays);
        else if (Any(text) is not { Year: >= FirstYear and <= LastYear } time) lines.Null();
        else if (wholeDays) lines.Day(DateOnly.FromDateTime(time));
        else lines.Time(time);
    }

    /// <summary>What is kept is nearly what is written: there may be millions.</summary>
    private static void Usual(RowLines lines, ReadOnlySpan<byte> text, bool wholeDays)
    {
        Span<byte> written = stackalloc byte[WrittenLength];
        text[..WrittenLength].CopyTo(written);
        written[DayLength] = (byte)' ';
        lines.Bare(wholeDays ? written[..DayLength] : written);
    }

    private static bool IsUsual(ReadOnlySpan<byte> text) =>
        text.Length == UsualLength && text[DayLength] == 'T' && text[13] == ':' && text[16] == ':' && text[19] == '.' && text[^1] == 'Z' && IsDay(text[..DayLength])
        && Number(text[11..13]) is >= 0 and < 24 && Number(text[14..16]) is >= 0 and < 60 && Number(text[17..19]) is >= 0 and < 60 && Number(text[20..26]) >= 0;

    private static bool IsDay(ReadOnlySpan<byte> text) =>
        text[4] == '-' && text[7] == '-' && Number(text[..4]) is >= FirstYear and <= LastYear and var year && Number(text[5..7]) is >= 1 and <= 12 and var month
        && Number(text[8..10]) is >= 1 and var day && day <= DateTime.DaysInMonth(year, month);

    /// <returns>-1 where there is anything but digits.</returns>
    private static int Number(ReadOnlySpan<byte> digits)
    {
        var number = 0;
        foreach (var digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'9') return -1;
            number = number * 10 + (digit - '0');
        }
        return number;
    }

    private static DateTime? Any(ReadOnlySpan<byte> text) => DateTime.TryParse(Encoding.UTF8.GetString(text), CultureInfo.InvariantCulture, Universal, out var time) ? time : null;
}
