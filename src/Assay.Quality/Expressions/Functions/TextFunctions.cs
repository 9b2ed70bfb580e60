using Assay.Quality.Expressions.Syntax;
using Assay.Quality.Expressions.Translation;

namespace Assay.Quality.Expressions.Functions;

/// <summary>Functions on text. Positions count characters from 1.</summary>
internal static class TextFunctions
{
    public static IReadOnlyList<Function> All { get; } = Make();

    private static List<Function> Make()
    {
        var group = new FunctionGroup("Text");
        group.Add("upper ucase", 1, 1, SqlType.String, call => $"upperUTF8({call.Text(0)})");
        group.Add("lower lcase", 1, 1, SqlType.String, call => $"lowerUTF8({call.Text(0)})");
        group.Add("initcap", 1, 1, SqlType.String, call =>
            $"if(isNull({call.Text(0)}), NULL, arrayStringConcat(arrayMap(w -> concat(upperUTF8(substringUTF8(w, 1, 1)), lowerUTF8(substringUTF8(w, 2))), splitByChar(' ', {call.SureText(0)})), ' '))");
        group.Add("trim", 1, 1, SqlType.String, call => $"trimBoth({call.Text(0)})");
        group.Add("btrim", 1, 2, SqlType.String, call => Trim(call, "Both", 0, 1));
        group.Add("ltrim", 1, 2, SqlType.String, call => Trim(call, "Left", 0, 1));
        group.Add("rtrim", 1, 2, SqlType.String, call => Trim(call, "Right", 0, 1));
        group.Add("length len char_length character_length", 1, 1, SqlType.Int, call => $"toInt32(lengthUTF8({call.Text(0)}))");
        group.Add("octet_length", 1, 1, SqlType.Int, call => $"toInt32(length({call.Text(0)}))");
        group.Add("bit_length", 1, 1, SqlType.Int, call => $"toInt32(length({call.Text(0)}) * 8)");
        group.Add("substring substr mid", 2, 3, SqlType.String, Substring);
        group.Add("substring_index", 3, 3, SqlType.String, call => $"substringIndexUTF8({call.Text(0)}, {Quoted(call, 1)}, {call.Whole(2)})");
        group.Add("left", 2, 2, SqlType.String, call => $"leftUTF8({call.Text(0)}, greatest(0, {call.Whole(1)}))");
        group.Add("right", 2, 2, SqlType.String, call => $"if({call.Whole(1)} <= 0, '', rightUTF8({call.Text(0)}, greatest(1, {call.Whole(1)})))");
        group.Add("concat", 1, FunctionGroup.Any, call => call[0].Type.Kind == SqlKind.Array
            ? call.Give($"arrayConcat({string.Join(", ", call.All.Select(a => a.Sql))})", call[0].Type)
            : call.Give($"concat({string.Join(", ", call.All.Select(Casts.Text).Append("''"))})", SqlType.String));
        group.Add("concat_ws", 1, FunctionGroup.Any, SqlType.String, call =>
            $"arrayStringConcat(arrayMap(s -> assumeNotNull(s), arrayFilter(s -> isNotNull(s), arrayConcat([]::Array(Nullable(String)){string.Concat(call.All.Skip(1).Select(Pieces))}))), {call.SureText(0)})");
        group.Add("lpad", 2, 3, SqlType.String, call => Pad(call, "left"));
        group.Add("rpad", 2, 3, SqlType.String, call => Pad(call, "right"));
        group.Add("repeat", 2, 2, SqlType.String, call => $"repeat({call.Text(0)}, toUInt64(greatest(0, {call.Whole(1)})))");
        group.Add("space", 1, 1, SqlType.String, call => $"repeat(' ', toUInt64(greatest(0, {call.Whole(0)})))");
        group.Add("reverse", 1, 1, call => call[0].Type.Kind == SqlKind.Array ? call.Give($"arrayReverse({call[0].Sql})", call[0].Type) : call.Give($"reverseUTF8({call.Text(0)})", SqlType.String));
        group.Add("replace", 2, 3, SqlType.String, call => $"replaceAll({call.Text(0)}, {call.Text(1)}, {(call.Has(2) ? call.Text(2) : "''")})");
        group.Add("translate", 3, 3, SqlType.String, call => $"translateUTF8({call.Text(0)}, {Quoted(call, 1)}, {Quoted(call, 2)})");
        group.Add("instr", 2, 2, SqlType.Int, call => $"toInt32(positionUTF8({call.Text(0)}, {call.Text(1)}))");
        group.Add("locate charindex", 2, 3, SqlType.Int, call => call.Has(2)
            ? $"if({call.Whole(2)} < 1, 0, toInt32(positionUTF8({call.Text(1)}, {call.Text(0)}, toUInt64(greatest(1, {call.Whole(2)})))))"
            : $"toInt32(positionUTF8({call.Text(1)}, {call.Text(0)}))");
        group.Add("contains", 2, 2, SqlType.Boolean, call => $"(positionUTF8({call.Text(0)}, {call.Text(1)}) > 0)");
        group.Add("startswith", 2, 2, SqlType.Boolean, call => $"startsWith({call.Text(0)}, {call.Text(1)})");
        group.Add("endswith", 2, 2, SqlType.Boolean, call => $"endsWith({call.Text(0)}, {call.Text(1)})");
        group.Add("ascii", 1, 1, SqlType.Int, call => $"toInt32(ascii({call.Text(0)}))");
        group.Add("chr char", 1, 1, SqlType.String, call => $"if({call.Whole(0)} < 0, '', char(toUInt8({call.Whole(0)} % 256)))");
        group.Add("hex", 1, 1, SqlType.String, call => call[0].Type.Kind == SqlKind.Integer ? $"replaceRegexpOne(hex({call.Whole(0)}), '^0+(.)', '\\\\1')" : $"hex({call.Text(0)})");
        group.Add("unhex", 1, 1, SqlType.String, call => $"unhex({call.Text(0)})");
        group.Add("base64", 1, 1, SqlType.String, call => $"base64Encode({call.Text(0)})");
        group.Add("unbase64", 1, 1, SqlType.String, call => $"tryBase64Decode({call.Text(0)})");
        group.Add("split_part", 3, 3, SqlType.String, call =>
            $"if(isNull({call.Text(0)}), NULL, splitByString({Quoted(call, 1)}, {call.SureText(0)})[toInt64(ifNull({call.Whole(2)}, 1))])");
        group.Add("find_in_set", 2, 2, SqlType.Int, call => $"if(isNull({call.Text(0)}) OR isNull({call.Text(1)}), NULL, toInt32(indexOf(splitByChar(',', {call.SureText(1)}), {call.SureText(0)})))");
        group.Add("elt", 2, FunctionGroup.Any, call =>
        {
            var (values, type) = Coercion.All([.. call.All.Skip(1)]);
            return call.Give($"multiIf({string.Join(", ", values.Select((v, i) => $"{call.Whole(0)} = {i + 1}, {v}"))}, NULL)", type);
        });
        group.Add("levenshtein", 2, 2, SqlType.Int, call => $"toInt32(editDistanceUTF8({call.Text(0)}, {call.Text(1)}))");
        group.Add("soundex", 1, 1, SqlType.String, call => $"soundex({call.Text(0)})");
        group.Add("format_string printf", 1, FunctionGroup.Any, SqlType.String, call => $"printf({Quoted(call, 0)}{string.Concat(call.All.Skip(1).Select(a => $", {a.Sql}"))})");
        group.Add("parse_url", 2, 2, SqlType.String, ParseUrl);
        group.Add("luhn_check", 1, 1, SqlType.Boolean, call =>
            $"(match({call.SureText(0)}, '^\\\\d+$') AND arraySum((d, i) -> if(i % 2 = 1, d, if(d > 4, 2 * d - 9, 2 * d)), arrayMap(c -> toUInt8OrZero(c), splitByString('', reverse({call.SureText(0)}))), arrayEnumerate(splitByString('', {call.SureText(0)}))) % 10 = 0)");
        return group.Functions;
    }

    private static string Quoted(FunctionCall call, int i) => Assay.Engine.EngineLiteral.Quote(call.Literal(i));

    private static string Trim(FunctionCall call, string side, int text, int characters) => call.Has(1)
        ? $"trim{side}({call.Text(text)}, {Quoted(call, characters)})"
        : $"trim{side}({call.Text(0)})";

    private static string Pad(FunctionCall call, string side) => $"{side}PadUTF8({call.Text(0)}, toUInt64(greatest(0, {call.Whole(1)})), {(call.Has(2) ? call.Text(2) : "' '")})";

    private static string Pieces(Term value) => value.Type.Kind == SqlKind.Array
        ? $", arrayMap(s -> toNullable(toString(s)), {value.Sql})"
        : $", [toNullable({Casts.Text(value)})]";

    /// <summary>Position 0 counts as 1, and a start before the text eats into the length.</summary>
    private static string Substring(FunctionCall call)
    {
        var (text, at) = (call.Text(0), call.Whole(1));
        if (call.Node.Arguments[1] is NumberNode { Text: not "0" })
            return call.Has(2) ? $"substringUTF8({text}, {at}, toUInt64(greatest(0, {call.Whole(2)})))" : $"substringUTF8({text}, {at})";
        var length = $"toInt64(lengthUTF8({text}))";
        var start = $"multiIf({at} > 0, {at}, {at} = 0, 1, {length} + {at} + 1)";
        var end = call.Has(2) ? $"({start} + greatest(0, {call.Whole(2)}))" : $"({length} + 1)";
        return $"substringUTF8({text}, toUInt64(greatest(1, {start})), toUInt64(greatest(0, {end} - greatest(1, {start}))))";
    }

    private static string ParseUrl(FunctionCall call)
    {
        var function = call.Literal(1).ToUpperInvariant() switch
        {
            "HOST" => "domain",
            "PATH" => "path",
            "QUERY" => "queryString",
            "PROTOCOL" => "protocol",
            "REF" => "fragment",
            _ => throw call.Fault(1, "parse_url knows HOST, PATH, QUERY, PROTOCOL and REF"),
        };
        return $"nullIf({function}({call.Text(0)}), '')";
    }
}
