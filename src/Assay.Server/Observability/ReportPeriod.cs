using Assay.Server.Web.Requests;

namespace Assay.Server.Observability;

/// <summary>The days that a report is about, as numbers since 1970 (UTC).</summary>
internal sealed record ReportPeriod(long First, long Last)
{
    public const string Week = "week";
    public const string Month = "month";
    public const string Quarter = "quarter";
    public const string Year = "year";

    public DateOnly FirstDate => DayRange.Day(First);

    public DateOnly LastDate => DayRange.Day(Last);

    /// <param name="reportDate">The last day; today for the client when null.</param>
    /// <param name="timeframe">A week, month, quarter or year.</param>
    /// <param name="offset">Minutes that the client's clock is ahead of UTC.</param>
    /// <param name="now">The time, UTC.</param>
    public static ReportPeriod Of(DateOnly? reportDate, string timeframe, int offset, DateTime now)
    {
        var last = DayRange.Number(reportDate ?? DateOnly.FromDateTime(now.AddMinutes(offset)));
        return new(Math.Max(last - Days(timeframe) + 1, DayRange.Number(DateOnly.MinValue)), last);
    }

    private static int Days(string timeframe) => timeframe switch
    {
        Year => 365,
        Quarter => 91,
        Month => 30,
        _ => 7,
    };
}
