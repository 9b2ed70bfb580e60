using Assay.Quality.Expressions.Syntax;
using Assay.Quality.Expressions.Translation;

namespace Assay.Quality.Expressions.Functions;

/// <summary>Functions on numbers.</summary>
internal static class NumericFunctions
{
    public static IReadOnlyList<Function> All { get; } = Make();

    private static List<Function> Make()
    {
        var group = new FunctionGroup("Numeric");
        group.Add("abs", 1, 1, call => call.Give($"abs({call.Number(0).Sql})", call.Number(0).Type));
        group.Add("negative", 1, 1, call => call.Give($"(-{call.Number(0).Sql})", call.Number(0).Type));
        group.Add("positive", 1, 1, call => call.Number(0));
        group.Add("ceil ceiling", 1, 2, call => Integral(call, "ceil"));
        group.Add("floor", 1, 2, call => Integral(call, "floor"));
        group.Add("round", 1, 2, Round);
        group.Add("bround", 1, 2, call => call.Give(
            $"roundBankers({call.Double(0)}, {Digits(call)})", SqlType.Double));
        group.Add("rint", 1, 1, SqlType.Double, call => $"roundBankers({call.Double(0)})");
        group.Add("sign signum", 1, 1, SqlType.Double, call => $"toFloat64(sign({call.Double(0)}))");
        group.Add("mod", 2, 2, call => Arithmetic.Of("%", call[0], call[1]));
        group.Add("pmod", 2, 2, call =>
        {
            var remainder = Arithmetic.Of("%", call[0], call[1]);
            var divisor = Coercion.As(call.Number(1), remainder.Type);
            var again = Arithmetic.Remainder(remainder with { Sql = $"({remainder.Sql} + {divisor})" }, call.Number(1), remainder.Type);
            return call.Give($"if({remainder.Sql} < 0, {again}, {remainder.Sql})", remainder.Type);
        });
        group.Add("try_add", 2, 2, call => Arithmetic.Of("+", call[0], call[1]));
        group.Add("try_subtract", 2, 2, call => Arithmetic.Of("-", call[0], call[1]));
        group.Add("try_multiply", 2, 2, call => Arithmetic.Of("*", call[0], call[1]));
        group.Add("try_divide", 2, 2, call => Arithmetic.Of("/", call[0], call[1]));
        group.Add("div", 2, 2, call => Arithmetic.Of("div", call[0], call[1]));
        foreach (var name in "exp sqrt cbrt sin cos tan asin acos atan sinh cosh tanh asinh acosh atanh degrees radians".Split(' '))
            group.Add(name, 1, 1, SqlType.Double, call => $"{name}({call.Double(0)})");
        group.Add("expm1", 1, 1, SqlType.Double, call => $"(exp({call.Double(0)}) - 1)");
        group.Add("cot", 1, 1, SqlType.Double, call => $"(1 / tan({call.Double(0)}))");
        group.Add("ln", 1, 1, SqlType.Double, call => Positive(call.Double(0), $"log({call.Double(0)})"));
        group.Add("log2", 1, 1, SqlType.Double, call => Positive(call.Double(0), $"log2({call.Double(0)})"));
        group.Add("log10", 1, 1, SqlType.Double, call => Positive(call.Double(0), $"log10({call.Double(0)})"));
        group.Add("log1p", 1, 1, SqlType.Double, call => $"if({call.Double(0)} <= -1, NULL, log1p({call.Double(0)}))");
        group.Add("log", 1, 2, SqlType.Double, call => call.Has(1)
            ? $"if({call.Double(0)} <= 0 OR {call.Double(1)} <= 0, NULL, log({call.Double(1)}) / log({call.Double(0)}))"
            : Positive(call.Double(0), $"log({call.Double(0)})"));
        group.Add("pow power", 2, 2, SqlType.Double, call => $"pow({call.Double(0)}, {call.Double(1)})");
        group.Add("atan2", 2, 2, SqlType.Double, call => $"atan2({call.Double(0)}, {call.Double(1)})");
        group.Add("hypot", 2, 2, SqlType.Double, call => $"hypot({call.Double(0)}, {call.Double(1)})");
        group.Add("pi", 0, 0, SqlType.Double, _ => "pi()");
        group.Add("e", 0, 0, SqlType.Double, _ => "e()");
        group.Add("factorial", 1, 1, SqlType.Integer, call => $"if({call.Whole(0)} BETWEEN 0 AND 20, toInt64(factorial(toInt64(assumeNotNull({call.Whole(0)})))), NULL)");
        group.Add("shiftleft", 2, 2, SqlType.Integer, call => $"bitShiftLeft(toInt64({call.Whole(0)}), {call.Whole(1)})");
        group.Add("shiftright", 2, 2, SqlType.Integer, call => $"bitShiftRight(toInt64({call.Whole(0)}), {call.Whole(1)})");
        group.Add("bit_count", 1, 1, SqlType.Int, call => $"toInt32(bitCount(toInt64({call.Whole(0)})))");
        group.Add("bin", 1, 1, SqlType.String, call => $"if({call.Whole(0)} = 0, '0', replaceRegexpOne(bin(toInt64({call.Whole(0)})), '^0+', ''))");
        group.Add("width_bucket", 4, 4, SqlType.Integer, call =>
            $"multiIf({call.Double(0)} < {call.Double(1)}, 0, {call.Double(0)} >= {call.Double(2)}, {call.Whole(3)} + 1, toInt64(floor(({call.Double(0)} - {call.Double(1)}) / ({call.Double(2)} - {call.Double(1)}) * {call.Whole(3)})) + 1)");
        return group.Functions;
    }

    private static string Positive(string value, string sql) => $"if({value} <= 0, NULL, {sql})";

    private static string Digits(FunctionCall call) => call.Has(1) ? Plain(call, 1) : "0";

    private static string Plain(FunctionCall call, int i) =>
        call.Node.Arguments[i] is NumberNode or UnaryNode { Operand: NumberNode } ? call[i].Sql : throw call.Fault(i, $"{call.Node.Name} needs a plain number here");

    private static Term Integral(FunctionCall call, string function)
    {
        var number = call.Number(0);
        if (call.Has(1)) return call.Give($"{function}({number.Sql}, {Plain(call, 1)})", number.Type);
        return number.Type.Kind == SqlKind.Integer ? number : call.Give(Casts.Integer(number with { Sql = $"{function}({number.Sql})" }, 64), SqlType.Integer);
    }

    /// <summary>Halves go away from zero, and a double is rounded by its decimal digits, as people read it.</summary>
    private static Term Round(FunctionCall call)
    {
        var (number, digits) = (call.Number(0), Digits(call));
        if (number.Type.Kind == SqlKind.Decimal) return call.Give($"round({number.Sql}, {digits})", number.Type);
        return number.Type.Kind == SqlKind.Integer
            ? call.Give($"toInt64(round(toDecimal256({number.Sql}, 1), {digits}))", number.Type)
            : call.Give($"coalesce(toFloat64(round(toDecimal256OrNull(toString({number.Sql}), 20), {digits})), {number.Sql})", SqlType.Double);
    }
}
