using System.Globalization;
using Assay.Quality.Expressions.Syntax;
using Assay.Quality.Expressions.Translation;
using Assay.Quality.Scanning;

namespace Assay.Quality.Expressions.Functions;

/// <summary>Functions on dates and times, which are in UTC.</summary>
internal static class DateFunctions
{
    private static readonly (string Names, string Part)[] Parts =
    [
        ("year", "year"), ("quarter", "quarter"), ("month", "month"), ("day dayofmonth", "day"), ("dayofweek", "dayofweek"), ("weekday", "weekday"),
        ("dayofyear", "doy"), ("weekofyear", "week"), ("hour", "hour"), ("minute", "minute"), ("second", "second"),
    ];

    public static IReadOnlyList<Function> All { get; } = Make();

    private static List<Function> Make()
    {
        var group = new FunctionGroup("Dates and times");
        group.Add("current_date curdate", 0, 0, SqlType.Date, call => $"toDate32('{call.Translator.Settings.Now.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}')");
        group.Add("current_timestamp now localtimestamp", 0, 0, SqlType.Timestamp, call => SqlValue.Constant(call.Translator.Settings.Now));
        foreach (var (names, part) in Parts) group.Add(names, 1, 1, SqlType.Int, call => Part(call, 0, part));
        group.Add("date_part datepart", 2, 2, SqlType.Int, call => Part(call, 1, Field(call, 0)));
        group.Add("date_add", 2, 2, SqlType.Date, call => $"addDays({call.Date(0)}, {call.Whole(1)})");
        group.Add("dateadd", 2, 2, SqlType.Date, call => $"addDays({call.Date(0)}, {call.Whole(1)})");
        group.Add("date_sub", 2, 2, SqlType.Date, call => $"addDays({call.Date(0)}, -({call.Whole(1)}))");
        group.Add("datediff date_diff", 2, 2, SqlType.Int, call => $"toInt32(dateDiff('day', {call.Date(1)}, {call.Date(0)}))");
        group.Add("add_months", 2, 2, SqlType.Date, call => $"addMonths({call.Date(0)}, {call.Whole(1)})");
        group.Add("months_between", 2, 3, SqlType.Double, MonthsBetween);
        group.Add("last_day", 1, 1, SqlType.Date, call => $"toLastDayOfMonth({call.Date(0)})");
        group.Add("next_day", 2, 2, SqlType.Date, NextDay);
        group.Add("trunc", 2, 2, SqlType.Date, call => Truncate($"toDateTime64({call.Date(0)}, 6, 'UTC')", call.Literal(1), date: true));
        group.Add("date_trunc", 2, 2, SqlType.Timestamp, call => Truncate(call.Time(1), call.Literal(0), date: false));
        group.Add("timestampadd", 3, 3, call => Intervals.Of("+", call[2] with { Sql = call.Time(2), Type = SqlType.Timestamp }, Intervals.Of(new IntervalNode(call.Node.Position, [(call.Node.Arguments[1], Unit(call))]), call.Translator.Translate)));
        group.Add("timestampdiff", 3, 3, SqlType.Integer, Difference);
        group.Add("make_date", 3, 3, SqlType.Date, call =>
        {
            var day = $"concat(leftPad(toString({call.Whole(0)}), 4, '0'), '-', leftPad(toString({call.Whole(1)}), 2, '0'), '-', leftPad(toString({call.Whole(2)}), 2, '0'))";
            return Casts.Date(new Term(day, SqlType.String, call.Node));
        });
        group.Add("unix_date", 1, 1, SqlType.Int, call => $"toInt32({call.Date(0)})");
        group.Add("date_from_unix_date", 1, 1, SqlType.Date, call => $"addDays(toDate32('1970-01-01'), {call.Whole(0)})");
        group.Add("unix_seconds", 1, 1, SqlType.Integer, call => $"toInt64(floor(toUnixTimestamp64Micro({call.Time(0)}) / 1000000))");
        group.Add("unix_millis", 1, 1, SqlType.Integer, call => $"toUnixTimestamp64Milli({call.Time(0)})");
        group.Add("unix_micros", 1, 1, SqlType.Integer, call => $"toUnixTimestamp64Micro({call.Time(0)})");
        group.Add("timestamp_seconds", 1, 1, SqlType.Timestamp, call => $"fromUnixTimestamp64Micro(toInt64({call.Number(0).Sql} * 1000000), 'UTC')");
        group.Add("timestamp_millis", 1, 1, SqlType.Timestamp, call => $"fromUnixTimestamp64Micro(toInt64({call.Whole(0)}) * 1000, 'UTC')");
        group.Add("timestamp_micros", 1, 1, SqlType.Timestamp, call => $"fromUnixTimestamp64Micro(toInt64({call.Whole(0)}), 'UTC')");
        group.Add("dayname", 1, 1, SqlType.String, call => $"formatDateTimeInJodaSyntax({call.Date(0)}, 'EEE')");
        group.Add("monthname", 1, 1, SqlType.String, call => $"formatDateTimeInJodaSyntax({call.Date(0)}, 'MMM')");
        group.Add("from_utc_timestamp", 2, 2, SqlType.Timestamp, call => Zone(call, "+"));
        group.Add("to_utc_timestamp", 2, 2, SqlType.Timestamp, call => Zone(call, "-"));
        return group.Functions;
    }

    private static string Field(FunctionCall call, int i) => call.Literal(i).ToLowerInvariant() switch
    {
        "years" or "yr" or "y" => "year",
        "qtr" => "quarter",
        "months" or "mon" => "month",
        "weeks" or "w" => "week",
        "days" or "d" => "day",
        "dow" => "dayofweek",
        "dow_iso" or "dayofweek_iso" => "isodow",
        "hours" or "h" => "hour",
        "minutes" or "min" or "m" => "minute",
        "seconds" or "sec" or "s" => "second",
        var part => part,
    };

    private static string Part(FunctionCall call, int i, string part) => "toInt32(" + part switch
    {
        "year" => $"toYear({call.Date(i)})",
        "quarter" => $"toQuarter({call.Date(i)})",
        "month" => $"toMonth({call.Date(i)})",
        "day" => $"toDayOfMonth({call.Date(i)})",
        "dayofweek" => $"toDayOfWeek({call.Date(i)}, 3)",
        "isodow" => $"toDayOfWeek({call.Date(i)}, 0)",
        "weekday" => $"toDayOfWeek({call.Date(i)}, 1)",
        "doy" => $"toDayOfYear({call.Date(i)})",
        "week" => $"toISOWeek({call.Date(i)})",
        "hour" => $"toHour({call.Time(i)})",
        "minute" => $"toMinute({call.Time(i)})",
        "second" => $"toSecond({call.Time(i)})",
        _ => throw call.Fault(0, $"'{part}' is not a part of a date or time"),
    } + ")";

    /// <summary>Whole months where the days are equal or both the last of their month; else months of 31 days, rounded to eight digits.</summary>
    private static string MonthsBetween(FunctionCall call)
    {
        var (a, b) = (call.Time(0), call.Time(1));
        var months = $"((toYear({a}) - toYear({b})) * 12 + toMonth({a}) - toMonth({b}))";
        string Seconds(string t) => $"(toDayOfMonth({t}) * 86400 + toHour({t}) * 3600 + toMinute({t}) * 60 + toSecond({t}))";
        string Last(string t) => $"(toDate32({t}) = toLastDayOfMonth(toDate32({t})))";
        return $"if(toDayOfMonth({a}) = toDayOfMonth({b}) OR ({Last(a)} AND {Last(b)}), toFloat64({months}), round({months} + ({Seconds(a)} - {Seconds(b)}) / 2678400, 8))";
    }

    private static string NextDay(FunctionCall call)
    {
        var day = Array.FindIndex(["mo", "tu", "we", "th", "fr", "sa", "su"], d => call.Literal(1).StartsWith(d, StringComparison.OrdinalIgnoreCase));
        if (day < 0) throw call.Fault(1, $"'{call.Literal(1)}' is not a day of the week");
        return $"addDays({call.Date(0)}, ({day} - toDayOfWeek({call.Date(0)}, 1) + 6) % 7 + 1)";
    }

    private static string Truncate(string time, string unit, bool date)
    {
        var sql = unit.ToUpperInvariant() switch
        {
            "YEAR" or "YYYY" or "YY" => $"toStartOfYear(toDate32({time}))",
            "QUARTER" => $"toStartOfQuarter(toDate32({time}))",
            "MONTH" or "MM" or "MON" => $"toStartOfMonth(toDate32({time}))",
            "WEEK" => $"toStartOfWeek(toDate32({time}), 1)",
            "DAY" or "DD" when !date => $"toDate32({time})",
            "HOUR" when !date => $"addMicroseconds({time}, -positiveModulo(toUnixTimestamp64Micro({time}), 3600000000))",
            "MINUTE" when !date => $"addMicroseconds({time}, -positiveModulo(toUnixTimestamp64Micro({time}), 60000000))",
            "SECOND" when !date => $"addMicroseconds({time}, -positiveModulo(toUnixTimestamp64Micro({time}), 1000000))",
            "MILLISECOND" when !date => $"addMicroseconds({time}, -positiveModulo(toUnixTimestamp64Micro({time}), 1000))",
            // Spark gives NULL for a unit it does not know.
            _ => "NULL",
        };
        return sql == "NULL" ? sql : date ? $"toDate32({sql})" : $"toDateTime64({sql}, 6, 'UTC')";
    }

    private static string Unit(FunctionCall call) => Words.Unit(call.Literal(0)) ?? throw call.Fault(0, $"'{call.Literal(0)}' is not a unit of time");

    /// <summary>Whole units that have passed; an unfinished one does not count.</summary>
    private static string Difference(FunctionCall call)
    {
        var (from, to, unit) = (call.Time(1), call.Time(2), Unit(call));
        var months = unit switch { "month" => 1, "quarter" => 3, "year" => 12, _ => 0 };
        if (months > 0) return $"toInt64(intDiv(age('month', {from}, {to}), {months}))";
        var micros = unit switch { "microsecond" => 1L, "millisecond" => 1000, "second" => 1_000_000, "minute" => 60_000_000, "hour" => 3_600_000_000, "day" => 86_400_000_000, _ => 604_800_000_000 };
        return $"intDiv(toUnixTimestamp64Micro({to}) - toUnixTimestamp64Micro({from}), {micros})";
    }

    private static string Zone(FunctionCall call, string sign)
    {
        var zone = Assay.Engine.EngineLiteral.Quote(call.Literal(1));
        // The offset at that moment; on the way to UTC the moment is a local one, which is exact except in the hours of a change.
        return $"addSeconds({call.Time(0)}, {sign}timeZoneOffset(toTimeZone({call.Time(0)}, {zone})))";
    }
}
