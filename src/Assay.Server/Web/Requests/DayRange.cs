using System.ComponentModel;
using Assay.Server.Store;
using Assay.Server.Web.Responses;

namespace Assay.Server.Web.Requests;

/// <summary>The days that figures by day are asked for. Records with filters derive from it.</summary>
internal record DayRange
{
    /// <summary>Most days at a time.</summary>
    internal const int MostDays = 3660;
    private const int UsualDays = 90;

    [Description("The first day (UTC); 90 days up to end_date when left out.")]
    public DateOnly? StartDate { get; set; }

    [Description("The last day (UTC); today when left out.")]
    public DateOnly? EndDate { get; set; }

    /// <summary>From which microsecond until which (exclusive); 422 where the last day is before the first, or the two lie too far apart.</summary>
    internal Outcome<(long From, long Until)> Bounds(DateTime now)
    {
        var last = EndDate ?? DateOnly.FromDateTime(now);
        var first = StartDate ?? last.AddDays(-Math.Min(UsualDays - 1, last.DayNumber));
        if (first > last) return Failure.Invalid(FieldError.InQuery("end_date", $"Input should be {first:yyyy-MM-dd} or later"));
        if (last.DayNumber - first.DayNumber >= MostDays) return Failure.Invalid(FieldError.InQuery("start_date", $"The two days should lie less than {MostDays} days apart"));
        return (Begin(first.DayNumber), Begin(last.DayNumber + 1));
    }

    /// <summary>The day that a whole number of days since 1970 stands for.</summary>
    internal static DateOnly Day(long number) => DateOnly.FromDayNumber((int)number + Epoch);

    /// <summary>The number of days since 1970 that stands for a day.</summary>
    internal static long Number(DateOnly day) => day.DayNumber - Epoch;

    private static readonly int Epoch = DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;

    private static long Begin(int dayNumber) => (dayNumber - Epoch) * Microseconds.PerDay;
}

/// <summary>The least and the most on the days that have any; both 0 where none has.</summary>
internal sealed record FigureRange(long Min, long Max)
{
    public static FigureRange Of(IEnumerable<long> figures) => figures.Aggregate((FigureRange?)null, (range, f) => range is null ? new(f, f) : new(Math.Min(range.Min, f), Math.Max(range.Max, f))) ?? new(0, 0);
}
