using System.Text.RegularExpressions;
using Assay.Engine;

namespace Assay.Quality.Expressions.Functions;

/// <summary>Functions on text that holds JSON.</summary>
internal static partial class JsonFunctions
{
    public static IReadOnlyList<Function> All { get; } = Make();

    private static List<Function> Make()
    {
        var group = new FunctionGroup("JSON");
        group.Add("get_json_object", 2, 2, SqlType.String, call =>
        {
            var (text, path) = (call.SureText(0), Path(call));
            return $"multiIf(toString(JSONType({text}{path})) = 'Null', NULL, toString(JSONType({text}{path})) = 'String', JSONExtractString({text}{path}), JSONExtractRaw({text}{path}))";
        });
        group.Add("json_array_length", 1, 1, SqlType.Int, call => $"if(toString(JSONType({call.SureText(0)})) = 'Array', toInt32(JSONLength({call.SureText(0)})), NULL)");
        group.Add("json_object_keys", 1, 1, SqlType.Array(SqlType.String), call => $"JSONExtractKeys({call.SureText(0)})");
        group.Add("to_json", 1, 1, SqlType.String, call => $"toJSONString({call[0].Sql})");
        return group.Functions;
    }

    /// <summary><c>$.a['b'][0]</c> as the engine's list of keys and positions.</summary>
    private static string Path(FunctionCall call)
    {
        var path = call.Literal(1);
        if (!WholePath().IsMatch(path)) throw call.Fault(1, "The path is not one such as $.a.b[0]");
        return string.Concat(Step().Matches(path).Select(m => m.Groups["index"].Success
            ? $", {int.Parse(m.Groups["index"].Value, System.Globalization.CultureInfo.InvariantCulture) + 1}"
            : $", {EngineLiteral.Quote(m.Groups["name"].Value)}"));
    }

    [GeneratedRegex(@"^\$(\.[^.\[\]']+|\[\d{1,6}\]|\['[^']+'\])*$")]
    private static partial Regex WholePath();

    [GeneratedRegex(@"\.(?<name>[^.\[\]']+)|\[(?<index>\d+)\]|\['(?<name>[^']+)'\]")]
    private static partial Regex Step();
}
