using Assay.Quality.Expressions.Translation;

namespace Assay.Quality.Expressions.Functions;

/// <summary>Functions on arrays that take a lambda.</summary>
internal static class LambdaFunctions
{
    public static IReadOnlyList<Function> All { get; } = Make();

    private static List<Function> Make()
    {
        var group = new FunctionGroup("Arrays with lambdas");
        group.Add("transform", 2, 2, call =>
        {
            var (parameters, body) = call.Lambda(1, call.Element(0), SqlType.Int);
            return call.Give($"arrayMap({parameters}{body.Sql}, {Arrays(call, parameters)})", SqlType.Array(body.Type));
        });
        group.Add("filter", 2, 2, call =>
        {
            var (parameters, body) = call.Lambda(1, call.Element(0), SqlType.Int);
            return call.Give($"arrayFilter({parameters}ifNull({Casts.Boolean(body)}, false), {Arrays(call, parameters)})", call[0].Type);
        });
        group.Add("exists any_match", 2, 2, call => Test(call, "arrayExists", "false"));
        group.Add("forall all_match", 2, 2, call => Test(call, "arrayAll", "true"));
        group.Add("aggregate reduce", 3, 4, Fold);
        group.Add("zip_with", 3, 3, call =>
        {
            var (parameters, body) = call.Lambda(2, call.Element(0), call.Element(1));
            var length = $"greatest(length({call.Array(0).Sql}), length({call.Array(1).Sql}))";
            string Padded(int i) => $"arrayResize(arrayMap(e -> toNullable(e), {call.Array(i).Sql}), {length}, NULL)";
            return call.Give($"arrayMap({parameters}{body.Sql}, {Padded(0)}, {Padded(1)})", SqlType.Array(body.Type));
        });
        return group.Functions;
    }

    /// <summary>A lambda of two parameters gets the index, from 0, as the second.</summary>
    private static string Arrays(FunctionCall call, string parameters) => parameters.Contains(',', StringComparison.Ordinal)
        ? $"{call.Array(0).Sql}, arrayMap(i -> toInt32(i - 1), arrayEnumerate({call.Array(0).Sql}))"
        : call.Array(0).Sql;

    private static Term Test(FunctionCall call, string function, string otherwise)
    {
        var (parameters, body) = call.Lambda(1, call.Element(0));
        return call.Give($"toBool({function}({parameters}ifNull({Casts.Boolean(body)}, {otherwise}), {call.Array(0).Sql}))", SqlType.Boolean);
    }

    /// <summary>The engine wants the state to keep its exact type, so that it is widened first.</summary>
    private static Term Fold(FunctionCall call)
    {
        var state = call[1].Type;
        var (_, probe) = call.Lambda(2, state, call.Element(0));
        var type = Coercion.Combined(state, probe.Type);
        var (cast, sqlType) = type.Kind switch
        {
            SqlKind.Integer => ("Int64", SqlType.Integer),
            SqlKind.Double or SqlKind.Float or SqlKind.Decimal => ("Float64", SqlType.Double),
            SqlKind.Boolean => ("Bool", SqlType.Boolean),
            SqlKind.String => ("String", SqlType.String),
            _ => throw call.Fault(2, $"aggregate over a {type} is not supported"),
        };
        var (parameters, body) = call.Lambda(2, sqlType, call.Element(0));
        var folded = $"arrayFold({parameters}CAST({body.Sql}, 'Nullable({cast})'), {call.Array(0).Sql}, CAST({call[1].Sql}, 'Nullable({cast})'))";
        if (!call.Has(3)) return call.Give(folded, sqlType);
        var (finish, last) = call.Lambda(3, sqlType);
        return call.Give($"arrayMap({finish}{last.Sql}, [{folded}])[1]", last.Type);
    }
}
