using Assay.Quality.Expressions.Translation;

namespace Assay.Quality.Expressions.Functions;

/// <summary>Choices and tests for NULL.</summary>
internal static class ConditionalFunctions
{
    public static IReadOnlyList<Function> All { get; } = Make();

    private static List<Function> Make()
    {
        var group = new FunctionGroup("Conditional");
        group.Add("coalesce", 1, FunctionGroup.Any, Coalesce);
        group.Add("nvl ifnull", 2, 2, Coalesce);
        group.Add("nvl2", 3, 3, call =>
        {
            var (values, type) = Coercion.All([call[1], call[2]]);
            return call.Give($"if({Nulls.Is(call[0])}, {values[1]}, {values[0]})", type);
        });
        group.Add("nullif", 2, 2, call =>
        {
            var (a, b) = Coercion.Pair(call[0], call[1]);
            return call.Give($"if(ifNull({a} = {b}, false), NULL, {call[0].Sql})", call[0].Type);
        });
        group.Add("if iff", 3, 3, call =>
        {
            var (values, type) = Coercion.All([call[1], call[2]]);
            return call.Give($"multiIf({call.Condition(0)}, {values[0]}, {values[1]})", type);
        });
        group.Add("isnull", 1, 1, SqlType.Boolean, call => Nulls.Is(call[0]));
        group.Add("isnotnull", 1, 1, SqlType.Boolean, call => $"(NOT {Nulls.Is(call[0])})");
        group.Add("isnan", 1, 1, SqlType.Boolean, call => $"ifNull(isNaN({call.Double(0)}), false)");
        group.Add("nanvl", 2, 2, SqlType.Double, call => $"if(isNaN({call.Double(0)}), {call.Double(1)}, {call.Double(0)})");
        group.Add("greatest", 2, FunctionGroup.Any, call => Extreme(call, "greatest"));
        group.Add("least", 2, FunctionGroup.Any, call => Extreme(call, "least"));
        group.Add("decode", 3, FunctionGroup.Any, Decode);
        group.Add("equal_null", 2, 2, SqlType.Boolean, call =>
        {
            var (a, b) = Coercion.Pair(call[0], call[1]);
            return $"ifNull({a} = {b}, isNull({a}) AND isNull({b}))";
        });
        return group.Functions;
    }

    private static Term Coalesce(FunctionCall call)
    {
        var (values, type) = Coercion.All([.. call.All]);
        return call.Give($"coalesce({string.Join(", ", values)})", type);
    }

    /// <summary>NULLs are left out, as in Spark.</summary>
    private static Term Extreme(FunctionCall call, string function)
    {
        var (values, type) = Coercion.All([.. call.All]);
        return call.Give($"{function}({string.Join(", ", values)})", type);
    }

    private static Term Decode(FunctionCall call)
    {
        var terms = call.All.ToList();
        var pairs = (terms.Count - 1) / 2;
        var results = Enumerable.Range(0, pairs).Select(i => terms[2 + (2 * i)]).Append(terms.Count % 2 == 0 ? terms[^1] : new Term("NULL", SqlType.Null, call.Node)).ToList();
        var (values, type) = Coercion.All(results);
        var tests = Enumerable.Range(0, pairs).Select(i =>
        {
            var (a, b) = Coercion.Pair(terms[0], terms[1 + (2 * i)]);
            return $"ifNull({a} = {b}, isNull({a}) AND isNull({b})), {values[i]}";
        });
        return call.Give($"multiIf({string.Join(", ", tests)}, {values[^1]})", type);
    }
}
