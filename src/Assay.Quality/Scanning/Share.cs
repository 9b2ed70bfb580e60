using System.Globalization;

namespace Assay.Quality.Scanning;

/// <summary>Shares and numbers as messages print them.</summary>
internal static class Share
{
    /// <summary>Per cent with three decimals.</summary>
    public static string Text(long part, long whole) =>
        (whole == 0 ? 0m : 100m * part / whole).ToString("F3", CultureInfo.InvariantCulture) + "%";

    /// <summary>A bound with three decimals, or all of them where there are more.</summary>
    public static string Bound(decimal? value) =>
        value is not { } number ? "" : number == decimal.Round(number, 3)
            ? number.ToString("F3", CultureInfo.InvariantCulture)
            : number.ToString(CultureInfo.InvariantCulture);

    /// <summary>A count or length: without decimals that it does not have.</summary>
    public static string Plain(decimal? value) => value is { } number ? (number / 1.0000000000000000000000000000m).ToString(CultureInfo.InvariantCulture) : "";

    /// <summary>A time in the API's form.</summary>
    public static string Time(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture) ?? "";
}
