using Assay.Quality.Expressions.Syntax;
using Assay.Quality.Expressions.Translation;

namespace Assay.Quality.Expressions.Functions;

/// <summary>Figures over many records. NULLs are left out; no value at all gives NULL, for counts 0.</summary>
internal static class AggregateFunctions
{
    public static IReadOnlyList<Function> All { get; } = Make();

    private static List<Function> Make()
    {
        var group = new FunctionGroup("Aggregates");
        void Add(string names, int least, int most, Func<FunctionCall, Term> translate) => group.Add(FunctionKind.Aggregate, names, least, most, translate);
        void Number(string names, string function) => Add(names, 1, 1, call => call.Give(If(call, function, call.Double(0)), SqlType.Double));

        Add("count", 1, FunctionGroup.Any, Count);
        Add("count_if", 1, 1, call => call.Give(call.Node.Filter is null ? $"toInt64(countIf({call.Condition(0)}))" : $"toInt64(countIf(({call.Condition(0)}) AND ({Filter(call)})))", SqlType.Integer));
        Add("sum", 1, 1, call => call.Give(If(call, "sumOrNull", call.Number(0).Type.Kind == SqlKind.Decimal ? $"toDecimal256({call.Number(0).Sql}, {call.Number(0).Type.Scale})" : call.Number(0).Sql), Widest(call.Number(0).Type)));
        Number("avg mean", "avgOrNull");
        Add("min", 1, 1, call => call.Give(If(call, "minOrNull", call[0].Sql), call[0].Type));
        Add("max", 1, 1, call => call.Give(If(call, "maxOrNull", call[0].Sql), call[0].Type));
        Add("first any_value first_value first_not_null", 1, 1, call => call.Give(If(call, "anyOrNull", call[0].Sql), call[0].Type));
        Add("last last_value last_not_null", 1, 1, call => call.Give(If(call, "anyLastOrNull", call[0].Sql), call[0].Type));
        Number("stddev stddev_samp std", "stddevSampOrNull");
        Number("stddev_pop", "stddevPopOrNull");
        Number("variance var_samp", "varSampOrNull");
        Number("var_pop", "varPopOrNull");
        Number("skewness", "skewPopOrNull");
        Add("kurtosis", 1, 1, call => call.Give($"({If(call, "kurtPopOrNull", call.Double(0))} - 3)", SqlType.Double));
        Number("median", "quantileExactInclusiveOrNull(0.5)");
        Add("percentile", 2, 2, call => call.Give(If(call, $"quantileExactInclusiveOrNull({Share(call)})", call.Double(0)), SqlType.Double));
        Add("percentile_approx approx_percentile", 2, 3, call => call.Give(If(call, $"quantileExactLowOrNull({Share(call)})", call.Number(0).Sql), call.Number(0).Type));
        Add("mode", 1, 1, call => call.Give($"arrayElementOrNull({If(call, "topK(1)", call[0].Sql)}, 1)", call[0].Type));
        Add("approx_count_distinct", 1, 2, call => call.Give($"toInt64({If(call, "uniqCombined64", call[0].Sql)})", SqlType.Integer));
        Add("bool_and every", 1, 1, call => call.Give($"({If(call, "minOrNull", call.Condition(0))} = 1)", SqlType.Boolean));
        Add("bool_or any some", 1, 1, call => call.Give($"({If(call, "maxOrNull", call.Condition(0))} = 1)", SqlType.Boolean));
        Add("corr", 2, 2, call => call.Give(If(call, "corrOrNull", $"{call.Double(0)}, {call.Double(1)}"), SqlType.Double));
        Add("covar_pop", 2, 2, call => call.Give(If(call, "covarPopOrNull", $"{call.Double(0)}, {call.Double(1)}"), SqlType.Double));
        Add("covar_samp", 2, 2, call => call.Give(If(call, "covarSampOrNull", $"{call.Double(0)}, {call.Double(1)}"), SqlType.Double));
        Add("max_by", 2, 2, call => call.Give(If(call, "argMaxOrNull", $"{call[0].Sql}, {call[1].Sql}"), call[0].Type));
        Add("min_by", 2, 2, call => call.Give(If(call, "argMinOrNull", $"{call[0].Sql}, {call[1].Sql}"), call[0].Type));
        Add("collect_list array_agg", 1, 1, call => call.Give(If(call, "groupArray", call[0].Sql), SqlType.Array(call[0].Type)));
        Add("collect_set", 1, 1, call => call.Give(If(call, "groupUniqArray", call[0].Sql), SqlType.Array(call[0].Type)));
        return group.Functions;
    }

    private static Term Count(FunctionCall call)
    {
        var all = call.Node.Arguments[0] is StarNode;
        if (call.Node.Distinct)
        {
            if (all) throw call.Fault(0, "count(DISTINCT *) is not supported");
            return call.Give($"toInt64({If(call, "uniqExact", string.Join(", ", call.All.Select(a => a.Sql)), distinct: false)})", SqlType.Integer);
        }

        var present = all ? "1" : string.Join(" AND ", call.All.Select(a => $"NOT {Nulls.Is(a)}"));
        return call.Give($"toInt64(countIf(({present}){(call.Node.Filter is null ? "" : $" AND ({Filter(call)})")}))", SqlType.Integer);
    }

    /// <summary>The aggregate with the FILTER and DISTINCT of its call, which the engine writes into its name.</summary>
    private static string If(FunctionCall call, string function, string arguments, bool distinct = true)
    {
        var (name, parameters) = function.IndexOf('(', StringComparison.Ordinal) is var open and >= 0 ? (function[..open], function[open..]) : (function, "");
        var orNull = name.EndsWith("OrNull", StringComparison.Ordinal);
        if (orNull) name = name[..^6];
        if (call.Node.Distinct && distinct) name += "Distinct";
        if (call.Node.Filter is not null) name += "If";
        if (orNull) name += "OrNull";
        return $"{name}{parameters}({arguments}{(call.Node.Filter is null ? "" : $", ifNull({Filter(call)}, false)")})";
    }

    private static string Filter(FunctionCall call) => call.Translator.Condition(call.Node.Filter!);

    private static string Share(FunctionCall call) => call.Node.Arguments[1] is NumberNode number ? number.Text : throw call.Fault(1, $"{call.Node.Name} needs a plain number here");

    private static SqlType Widest(SqlType type) => type.Kind switch
    {
        SqlKind.Decimal => SqlType.Decimal(76, type.Scale),
        SqlKind.Integer => SqlType.Integer,
        _ => type,
    };
}
