using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Assay.Sources.Writing;

namespace Assay.Server.Enrichment.Remediation;

/// <summary>Dates and times. Kept records usually have them as <c>2024-02-29</c> and <c>2024-02-29T12:34:56.789012Z</c>.</summary>
internal static class TimeCell
{
    private const DateTimeStyles Universal = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
    private const int DayLength = 10, UsualLength = 27;
    // The engine's calendar, by which every store's writer goes.
    private const int FirstYear = 1900, LastYear = 2299;

    public static void Write(RowLines lines, ReadOnlySpan<byte> text, bool wholeDays)
    {
        if ((Usual(text) ?? Any(text)) is not { Year: >= FirstYear and <= LastYear } time) lines.Null();
        else if (wholeDays) lines.Day(DateOnly.FromDateTime(time));
        else lines.Time(time);
    }

    private static DateTime? Usual(ReadOnlySpan<byte> text)
    {
        if (text.Length == DayLength) return Day(text);
        if (text.Length != UsualLength || text[DayLength] != 'T' || text[^1] != 'Z' || Day(text[..DayLength]) is not { } day) return null;
        // The library's fixed form has seven digits behind the point, where the kept one has six.
        Span<byte> clock = stackalloc byte[16];
        text[(DayLength + 1)..^1].CopyTo(clock);
        clock[15] = (byte)'0';
        return Utf8Parser.TryParse(clock, out TimeSpan time, out var read) && read == clock.Length && time >= TimeSpan.Zero && time < TimeSpan.FromDays(1) ? day + time : null;
    }

    private static DateTime? Day(ReadOnlySpan<byte> text)
    {
        if (text[4] != '-' || text[7] != '-' || !Number(text[..4], out var year) || !Number(text[5..7], out var month) || !Number(text[8..], out var day)) return null;
        return year > 0 && month is > 0 and <= 12 && day > 0 && day <= DateTime.DaysInMonth(year, month) ? new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Utc) : null;
    }

    private static bool Number(ReadOnlySpan<byte> digits, out int number) => int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private static DateTime? Any(ReadOnlySpan<byte> text) => DateTime.TryParse(Encoding.UTF8.GetString(text), CultureInfo.InvariantCulture, Universal, out var time) ? time : null;
}
