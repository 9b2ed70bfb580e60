using System.Collections;
using System.Globalization;
using System.Text.Json;
using Assay.Sources.Contract;

namespace Assay.Sources.Sql.Reading;

/// <summary>Values of any driver as text that loses nothing and does not depend on where Assay runs.</summary>
internal static class SqlText
{
    /// <param name="type">The field's type: a driver may answer a day with midnight on it.</param>
    public static string Of(object value, FieldType type) => value switch
    {
        string text => text,
        byte[] bytes => $"0x{Convert.ToHexString(bytes)}",
        Stream stream => Bytes(stream),
        bool flag => flag ? "1" : "0",
        DateTime time when type is FieldType.Date && time.TimeOfDay == TimeSpan.Zero => time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime time => time.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
        DateTimeOffset time => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture) + "+00",
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
        TimeSpan span => Span(span),
        float number => number.ToString("R", CultureInfo.InvariantCulture),
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        IEnumerable many => JsonSerializer.Serialize(many),
        _ => value.ToString() ?? "",
    };

    /// <summary>Hours beyond 24 stay hours.</summary>
    private static string Span(TimeSpan span)
    {
        var positive = span.Duration();
        var fraction = positive.Ticks % TimeSpan.TicksPerSecond;
        return string.Create(CultureInfo.InvariantCulture,
            $"{(span < TimeSpan.Zero ? "-" : "")}{(long)positive.TotalHours:00}:{positive.Minutes:00}:{positive.Seconds:00}{(fraction == 0 ? "" : $".{fraction:0000000}".TrimEnd('0'))}");
    }

    private static string Bytes(Stream stream)
    {
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return $"0x{Convert.ToHexString(copy.GetBuffer().AsSpan(0, (int)copy.Length))}";
    }
}
