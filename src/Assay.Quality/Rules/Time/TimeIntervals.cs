using Assay.Quality.Checks;

namespace Assay.Quality.Rules.Time;

/// <summary>The intervals of <c>timeDistributionSize</c>. Weeks start on Monday; all are in UTC.</summary>
internal static class TimeIntervals
{
    public static IReadOnlyList<PropertyChoice> Choices { get; } =
    [
        new("Hourly", "Hourly", "hour"), new("Daily", "Daily", "day"), new("Weekly", "Weekly", "week"),
        new("Monthly", "Monthly", "month"), new("Quarterly", "Quarterly", "quarter"), new("Yearly", "Yearly", "year"),
    ];

    public static PropertyChoice Of(CheckProperties properties) =>
        Choices.FirstOrDefault(c => properties.Text("interval_name") is { } text && c.Means(text)) ?? Choices[3];

    /// <summary>The interval that a moment lies in, counted from some start, so that neighbours differ by one.</summary>
    public static string Number(CheckProperties properties, string time) => Of(properties).Value switch
    {
        "Hourly" => $"toInt64(intDiv(toUnixTimestamp64Milli({time}), 3600000) - if(toUnixTimestamp64Milli({time}) % 3600000 < 0, 1, 0))",
        "Daily" => $"toInt64(toDate32({time}))",
        // Day 0 is a Thursday.
        "Weekly" => $"toInt64(floor((toInt32(toDate32({time})) + 3) / 7))",
        "Quarterly" => $"toInt64(toYear({time}) * 4 + toQuarter({time}))",
        "Yearly" => $"toInt64(toYear({time}))",
        _ => $"toInt64(toYear({time}) * 12 + toMonth({time}))",
    };
}
