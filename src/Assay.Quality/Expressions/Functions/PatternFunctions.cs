using System.Text.RegularExpressions;
using Assay.Engine;
using Assay.Quality.Expressions.Syntax;

namespace Assay.Quality.Expressions.Functions;

/// <summary>Functions on regular expressions, which have to be plain texts.</summary>
internal static partial class PatternFunctions
{
    public static IReadOnlyList<Function> All { get; } = Make();

    private static List<Function> Make()
    {
        var group = new FunctionGroup("Regular expressions");
        group.Add("rlike regexp_like regexp", 2, 2, SqlType.Boolean, call => $"match({call.Text(0)}, {call.Pattern(1)})");
        group.Add("regexp_replace", 3, 3, SqlType.String, call => $"replaceRegexpAll({call.Text(0)}, {call.Pattern(1)}, {Replacement(call)})");
        group.Add("regexp_extract", 2, 3, SqlType.String, call => $"regexpExtract({call.Text(0)}, {call.Pattern(1)}, {Group(call)})");
        group.Add("regexp_extract_all", 2, 3, SqlType.Array(SqlType.String), call => Group(call) == "0"
            ? $"extractAll({call.SureText(0)}, {EngineLiteral.Quote("(?-s)(" + call.Literal(1) + ")")})"
            : $"arrayMap(g -> g[{Group(call)}], extractAllGroupsVertical({call.SureText(0)}, {call.Pattern(1)}))");
        group.Add("regexp_substr", 2, 2, SqlType.String, call => $"nullIf(regexpExtract({call.Text(0)}, {call.Pattern(1)}, 0), '')");
        group.Add("regexp_count", 2, 2, SqlType.Int, call => $"toInt32(countMatches({call.Text(0)}, {call.Pattern(1)}))");
        group.Add("split", 2, 3, SqlType.Array(SqlType.String), Split);
        return group.Functions;
    }

    /// <summary>Java writes a group as $1, the engine as \1.</summary>
    private static string Replacement(FunctionCall call) =>
        EngineLiteral.Quote(GroupSign().Replace(call.Literal(2).Replace("\\", "\\\\", StringComparison.Ordinal), "\\$1"));

    private static string Group(FunctionCall call) => !call.Has(2) ? "1"
        : call.Node.Arguments[2] is NumberNode number ? number.Text
        : throw call.Fault(2, $"{call.Node.Name} needs the group's number here");

    private static string Split(FunctionCall call)
    {
        var text = call.SureText(0);
        var parts = Single(call.Literal(1)) is { } separator
            ? $"splitByString({EngineLiteral.Quote(separator)}, {text})"
            : $"splitByRegexp({call.Pattern(1)}, {text})";
        if (!call.Has(2) || call.Node.Arguments[2] is UnaryNode or NumberNode { Text: "0" }) return parts;
        return call.Node.Arguments[2] is NumberNode limit && Single(call.Literal(1)) is { } sign
            ? $"arrayConcat(arraySlice({parts}, 1, {limit.Text} - 1), if(length({parts}) >= {limit.Text}, [arrayStringConcat(arraySlice({parts}, {limit.Text}), {EngineLiteral.Quote(sign)})], []))"
            : throw call.Fault(2, "split takes a limit only with a plain separator");
    }

    /// <summary>The text that a pattern stands for, where it is a plain one.</summary>
    private static string? Single(string pattern) => Unescaped().IsMatch(pattern) ? Escaped().Replace(pattern, "$1") : null;

    [GeneratedRegex(@"\$(\d)")]
    private static partial Regex GroupSign();

    [GeneratedRegex(@"\\([^A-Za-z0-9])")]
    private static partial Regex Escaped();

    [GeneratedRegex(@"^(?:\\[^A-Za-z0-9]|[^\\.*+?()\[\]{}^$|])+$")]
    private static partial Regex Unescaped();
}
