using System.Globalization;
using System.Text.Json;
using Assay.Sources.Warehouses;

namespace Assay.Sources.Snowflake;

/// <summary>A column of a result, and how its values stand in the answer: days and seconds since 1970 for dates and times.</summary>
internal sealed record SnowflakeColumn(string Name, string Type)
{
    private const long NanosecondsPerSecond = 1_000_000_000;

    public static SnowflakeColumn Of(JsonElement column) => new(column.TextAt("name") ?? "", column.TextAt("type") ?? "");

    /// <summary>A value in plain spelling.</summary>
    public string Plain(string value) => Type.ToLowerInvariant() switch
    {
        "boolean" => value is "1" or "true" or "TRUE" ? "true" : "false",
        "date" => Day(value),
        "time" => Time(value),
        "timestamp_ntz" or "timestamp_ltz" => Moment(value),
        // The moment in UTC, then the zone's offset in minutes plus a day; the moment is what counts.
        "timestamp_tz" => Moment(value.Split(' ')[0]),
        _ => value,
    };

    private static string Day(string value) =>
        long.TryParse(value, CultureInfo.InvariantCulture, out var days) && days is >= -719_162 and <= 2_932_896
            ? DateOnly.FromDayNumber((int)(days + 719_162)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            : value;

    private static string Time(string value) => Seconds(value) is var (seconds, fraction) && seconds is >= 0 and < 86_400
        ? $"{seconds / 3600:00}:{seconds / 60 % 60:00}:{seconds % 60:00}{Fraction(fraction)}"
        : value;

    private static string Moment(string value) => Seconds(value) is var (seconds, fraction) && seconds is >= -62_135_596_800 and <= 253_402_300_799
        ? DateTime.UnixEpoch.AddSeconds(seconds).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) + Fraction(fraction)
        : value;

    /// <summary>Whole seconds, rounded down, and nanoseconds.</summary>
    private static (long Seconds, long Fraction)? Seconds(string value)
    {
        if (!decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var exact)) return null;
        var seconds = decimal.Floor(exact);
        return ((long)seconds, (long)((exact - seconds) * NanosecondsPerSecond));
    }

    private static string Fraction(long nanoseconds) =>
        nanoseconds == 0 ? "" : $".{nanoseconds.ToString("000000000", CultureInfo.InvariantCulture).TrimEnd('0')}";
}
