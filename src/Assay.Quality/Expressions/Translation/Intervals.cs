using System.Globalization;
using Assay.Quality.Expressions.Syntax;

namespace Assay.Quality.Expressions.Translation;

/// <summary>Sums of dates, times and intervals.</summary>
internal static class Intervals
{
    private static readonly Dictionary<string, long> Micros = new(StringComparer.Ordinal)
    {
        ["microsecond"] = 1,
        ["millisecond"] = 1000,
        ["second"] = 1_000_000,
        ["minute"] = 60_000_000,
        ["hour"] = 3_600_000_000,
        ["day"] = 86_400_000_000,
        ["week"] = 604_800_000_000,
    };

    private static readonly Dictionary<string, int> Months = new(StringComparer.Ordinal) { ["month"] = 1, ["quarter"] = 3, ["year"] = 12 };

    public static Term Of(IntervalNode node, Func<Node, Term> translate)
    {
        List<string> months = [], micros = [];
        var wholeDays = true;
        foreach (var (amount, unit) in node.Parts)
        {
            var value = translate(amount);
            if (Months.TryGetValue(unit, out var factor)) months.Add($"toInt64({value.Sql} * {factor})");
            else
            {
                micros.Add($"toInt64({value.Sql} * {Micros[unit].ToString(CultureInfo.InvariantCulture)})");
                wholeDays &= unit is "day" or "week";
            }
        }

        return new(micros.Count == 0 ? "0" : $"({string.Join(" + ", micros)})", new SqlType(SqlKind.Interval), node)
        {
            Months = months.Count == 0 ? null : $"({string.Join(" + ", months)})",
            WholeDays = wholeDays,
        };
    }

    public static Term Of(string sign, Term a, Term b)
    {
        var (x, y) = (a.Type, b.Type);
        if (sign == "+" && x.Kind == SqlKind.Interval && y.IsTime) return Add(b, a, "+");
        if (sign is "+" or "-" && x.IsTime && y.Kind == SqlKind.Interval) return Add(a, b, sign);
        if (sign is "+" or "-" && x.Kind == SqlKind.Date && y.Kind == SqlKind.Integer) return new($"addDays({a.Sql}, {(sign == "-" ? "-" : "")}({b.Sql}))", SqlType.Date, a.Node);
        if (sign == "-" && x.IsTime && (y.IsTime || y.Kind == SqlKind.String))
            return new($"({Moment(a)} - {Moment(b)})", new SqlType(SqlKind.Interval), a.Node) { WholeDays = x.Kind == SqlKind.Date && y.Kind == SqlKind.Date };
        if (sign is "+" or "-" && x.Kind == SqlKind.Interval && y.Kind == SqlKind.Interval)
        {
            return new($"({a.Sql} {sign} {b.Sql})", x, a.Node)
            {
                Months = a.Months is null && b.Months is null ? null : $"({a.Months ?? "0"} {sign} {b.Months ?? "0"})",
                WholeDays = a.WholeDays && b.WholeDays,
            };
        }

        if (sign == "*" && x.Kind == SqlKind.Interval && y.IsNumeric) return Times(a, b);
        if (sign == "*" && y.Kind == SqlKind.Interval && x.IsNumeric) return Times(b, a);
        if (sign is "+" or "-" && x.Kind == SqlKind.String && y.Kind == SqlKind.Interval) return Add(new(Casts.Timestamp(a), SqlType.Timestamp, a.Node), b, sign);
        throw new ExpressionException(b.Position, $"'{sign}' cannot be used between a {x} and a {y}");
    }

    private static Term Add(Term time, Term interval, string sign)
    {
        var minus = sign == "-" ? "-" : "";
        if (time.Type.Kind == SqlKind.Date && interval.WholeDays)
        {
            var day = interval.Months is null ? time.Sql : $"addMonths({time.Sql}, {minus}{interval.Months})";
            return new(interval.Sql == "0" ? day : $"addDays({day}, {minus}intDiv({interval.Sql}, 86400000000))", SqlType.Date, time.Node);
        }

        var moment = $"toDateTime64({time.Sql}, 6, 'UTC')";
        if (interval.Months is not null) moment = $"addMonths({moment}, {minus}{interval.Months})";
        return new(interval.Sql == "0" ? moment : $"addMicroseconds({moment}, {minus}{interval.Sql})", SqlType.Timestamp, time.Node);
    }

    private static Term Times(Term interval, Term factor) => interval with
    {
        Sql = $"toInt64({interval.Sql} * {factor.Sql})",
        Months = interval.Months is null ? null : $"toInt64({interval.Months} * {factor.Sql})",
    };

    private static string Moment(Term value) => $"toUnixTimestamp64Micro(toDateTime64({Casts.Timestamp(value)}, 6, 'UTC'))";
}
