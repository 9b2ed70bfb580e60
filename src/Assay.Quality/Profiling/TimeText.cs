using System.Globalization;

namespace Assay.Quality.Profiling;

/// <summary>Times and days as the engine or the sources print them.</summary>
internal static class TimeText
{
    /// <summary>A condition that is true of days and moments, but not of infinities, whose text stands as {0}.</summary>
    private const string Finite = "match({0}, '^[0-9]{{4,}}-[0-9]{{2}}-[0-9]{{2}}')";

    /// <summary>The value, NULL where it is no day or moment.</summary>
    public static string Usable(string text) => $"if({string.Format(null, Finite, text)}, {text}, NULL)";

    /// <summary>What such values sort by: the year, of which those before Christ count backwards, and what follows it.</summary>
    public static string Order(string text)
    {
        var present = $"ifNull({text}, '')";
        var year = $"toInt64OrZero(extract({present}, '^[0-9]+'))";
        return $"(if(match({present}, 'BC[)]?$'), 1 - {year}, {year}), extract({present}, '^[0-9]+(-.*)$'))";
    }

    /// <summary>In ISO 8601: years before Christ and beyond 9999 are expanded by a sign, and the year 0 is 1 BC.</summary>
    public static string Iso(string text)
    {
        var (before, bare) = text switch
        {
            _ when text.EndsWith(" (BC)", StringComparison.Ordinal) => (true, text[..^5]),
            _ when text.EndsWith(" BC", StringComparison.Ordinal) => (true, text[..^3]),
            _ => (false, text),
        };
        var dash = bare.IndexOf('-');
        if (dash < 4 || !int.TryParse(bare.AsSpan(0, dash), NumberStyles.None, CultureInfo.InvariantCulture, out var year)) return text;
        return Year(before ? 1 - year : year) + Rest(bare[dash..]);
    }

    private static string Year(int year) => year switch
    {
        < 0 => year.ToString("0000", CultureInfo.InvariantCulture),
        > 9999 => $"+{year.ToString(CultureInfo.InvariantCulture)}",
        _ => year.ToString("0000", CultureInfo.InvariantCulture),
    };

    /// <summary>Month and day, and the time of day in UTC where there is one.</summary>
    private static string Rest(string text)
    {
        var zoned = text.EndsWith("+00", StringComparison.Ordinal) ? text[..^3] : text;
        return zoned.Length > 6 && zoned[6] == ' ' ? $"{zoned[..6]}T{zoned[7..]}Z" : text;
    }
}
