using System.Text.RegularExpressions;
using Assay.Engine;
using Assay.Quality.Expressions.Translation;

namespace Assay.Quality.Expressions.Functions;

/// <summary>Between times and text, by Spark's patterns of letters, which the engine knows from Joda.</summary>
internal static partial class DateTextFunctions
{
    public static IReadOnlyList<Function> All { get; } = Make();

    private static List<Function> Make()
    {
        var group = new FunctionGroup("Dates as text");
        group.Add("to_date try_to_date", 1, 2, SqlType.Date, call => call.Has(1) && call[0].Type.Kind == SqlKind.String ? Casts.Date(Parsed(call)) : call.Date(0));
        group.Add("to_timestamp try_to_timestamp", 1, 2, SqlType.Timestamp, call => call.Has(1) && call[0].Type.Kind == SqlKind.String ? Parsed(call).Sql : Casts.Timestamp(call[0]));
        group.Add("date_format", 2, 2, SqlType.String, call => $"formatDateTimeInJodaSyntax({call.Time(0)}, {Pattern(call, 1)})");
        group.Add("unix_timestamp to_unix_timestamp", 0, 2, SqlType.Integer, call =>
        {
            if (!call.Has(0)) return $"toInt64({call.Translator.Settings.Now.ToUnixTimeSeconds()})";
            var time = call[0].Type.Kind == SqlKind.String && call.Has(1) ? Parsed(call).Sql : Casts.Timestamp(call[0]);
            return $"toInt64(floor(toUnixTimestamp64Micro(toDateTime64({time}, 6, 'UTC')) / 1000000))";
        });
        group.Add("from_unixtime", 1, 2, SqlType.String, call =>
            $"formatDateTimeInJodaSyntax(fromUnixTimestamp64Micro(toInt64({call.Whole(0)}) * 1000000, 'UTC'), {(call.Has(1) ? Pattern(call, 1) : "'yyyy-MM-dd HH:mm:ss'")})");
        return group.Functions;
    }

    private static Term Parsed(FunctionCall call) => call.Give(
        $"toDateTime64(parseDateTime64InJodaSyntaxOrNull({call.Text(0)}, {Pattern(call, 1)}, 'UTC'), 6, 'UTC')", SqlType.Timestamp);

    private static string Pattern(FunctionCall call, int i)
    {
        var pattern = call.Literal(i);
        // Letters in single quotes are text.
        var letters = QuotedText().Replace(pattern, "");
        var wrong = letters.FirstOrDefault(c => char.IsAsciiLetter(c) && !"yMdHhKkmsSaEDzZ".Contains(c, StringComparison.Ordinal));
        return wrong == default
            ? EngineLiteral.Quote(pattern)
            : throw call.Fault(i, $"The letter '{wrong}' in the pattern is not supported");
    }

    [GeneratedRegex("'[^']*'")]
    private static partial Regex QuotedText();
}
