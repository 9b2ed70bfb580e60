using Assay.Quality.Expressions.Translation;

namespace Assay.Quality.Expressions.Functions;

/// <summary>Functions on arrays. For the engine a NULL array is an empty one.</summary>
internal static class ArrayFunctions
{
    public static IReadOnlyList<Function> All { get; } = Make();

    private static List<Function> Make()
    {
        var group = new FunctionGroup("Arrays");
        group.Add("array", 0, FunctionGroup.Any, call =>
        {
            if (call.Count == 0) return call.Give("[]", SqlType.Array(SqlType.Unknown));
            var (values, type) = Coercion.All([.. call.All]);
            return call.Give($"[{string.Join(", ", values)}]", SqlType.Array(type));
        });
        group.Add("size cardinality array_size", 1, 1, SqlType.Int, call => $"toInt32(length({call[0].Sql}))");
        group.Add("array_contains", 2, 2, SqlType.Boolean, call => $"if({Nulls.Is(call[1])}, NULL, has({call.Array(0).Sql}, {call[1].Sql}))");
        group.Add("array_position", 2, 2, SqlType.Integer, call => $"toInt64(indexOf({call.Array(0).Sql}, {call[1].Sql}))");
        group.Add("array_distinct", 1, 1, call => call.Give($"arrayDistinct({call.Array(0).Sql})", call[0].Type));
        group.Add("array_compact", 1, 1, call => call.Give($"arrayFilter(e -> isNotNull(e), {call.Array(0).Sql})", call[0].Type));
        group.Add("array_remove", 2, 2, call => call.Give($"arrayFilter(e -> ifNull(e != {call[1].Sql}, true), {call.Array(0).Sql})", call[0].Type));
        group.Add("array_append", 2, 2, call => call.Give($"arrayPushBack({call.Array(0).Sql}, {call[1].Sql})", call[0].Type));
        group.Add("array_prepend", 2, 2, call => call.Give($"arrayPushFront({call.Array(0).Sql}, {call[1].Sql})", call[0].Type));
        group.Add("array_max", 1, 1, call => Extreme(call, "arrayMax"));
        group.Add("array_min", 1, 1, call => Extreme(call, "arrayMin"));
        group.Add("array_sort", 1, 1, call => call.Give($"arraySort({call.Array(0).Sql})", call[0].Type));
        group.Add("sort_array", 1, 2, call => call.Give(
            call.Has(1) ? $"if({call.Condition(1)}, {NullsFirst(call, "arraySort")}, arrayReverseSort({call.Array(0).Sql}))" : NullsFirst(call, "arraySort"), call[0].Type));
        group.Add("array_join", 2, 3, SqlType.String, call =>
        {
            var items = call.Has(2) ? $"arrayMap(e -> ifNull(e, {call.Text(2)}), {Texts(call)})" : $"arrayFilter(e -> isNotNull(e), {Texts(call)})";
            return $"arrayStringConcat(arrayMap(e -> assumeNotNull(e), {items}), {call.SureText(1)})";
        });
        group.Add("array_union", 2, 2, call => call.Give($"arrayDistinct(arrayConcat({call.Array(0).Sql}, {call.Array(1).Sql}))", call[0].Type));
        group.Add("array_intersect", 2, 2, call => call.Give($"arrayDistinct(arrayFilter(e -> has({call.Array(1).Sql}, e), {call.Array(0).Sql}))", call[0].Type));
        group.Add("array_except", 2, 2, call => call.Give($"arrayDistinct(arrayFilter(e -> NOT has({call.Array(1).Sql}, e), {call.Array(0).Sql}))", call[0].Type));
        group.Add("arrays_overlap", 2, 2, SqlType.Boolean, call => $"hasAny({call.Array(0).Sql}, {call.Array(1).Sql})");
        group.Add("array_repeat", 2, 2, call => call.Give($"arrayWithConstant(toUInt64(greatest(0, {call.Whole(1)})), {call[0].Sql})", SqlType.Array(call[0].Type)));
        group.Add("slice", 3, 3, call => call.Give($"arraySlice({call.Array(0).Sql}, {call.Whole(1)}, {call.Whole(2)})", call[0].Type));
        group.Add("flatten", 1, 1, call => call.Give($"arrayReduce('groupArrayArray', {call.Array(0).Sql})", call.Element(0)));
        group.Add("sequence", 2, 3, SqlType.Array(SqlType.Integer), call => call.Has(2)
            ? $"arrayMap(i -> toInt64({call.Whole(0)}) + i * {call.Whole(2)}, range(toUInt64(greatest(0, intDiv({call.Whole(1)} - {call.Whole(0)}, {call.Whole(2)}) + 1))))"
            : $"if({call.Whole(0)} <= {call.Whole(1)}, arrayMap(i -> toInt64({call.Whole(0)}) + i, range(toUInt64(greatest(0, {call.Whole(1)} - {call.Whole(0)} + 1)))), arrayMap(i -> toInt64({call.Whole(0)}) - i, range(toUInt64(greatest(0, {call.Whole(0)} - {call.Whole(1)} + 1)))))");
        group.Add("element_at try_element_at", 2, 2, call => call[0].Type.Kind == SqlKind.Map
            ? Members.Key(call[0], call[1].Sql)
            : call.Give($"if(abs({call.Whole(1)}) > length({call.Array(0).Sql}) OR {call.Whole(1)} = 0, NULL, {call[0].Sql}[toInt64(ifNull({call.Whole(1)}, 1))])", call.Element(0)));
        group.Add("get", 2, 2, call => Members.At(call.Array(0), call[1]));
        return group.Functions;
    }

    private static Term Extreme(FunctionCall call, string function)
    {
        var present = $"arrayFilter(e -> isNotNull(e), {call.Array(0).Sql})";
        return call.Give($"if(empty({present}), NULL, {function}({present}))", call.Element(0));
    }

    /// <summary>The engine sorts NULLs to the end, Spark's sort_array to the front.</summary>
    private static string NullsFirst(FunctionCall call, string sort) =>
        $"arrayConcat(arrayFilter(e -> isNull(e), {call.Array(0).Sql}), {sort}(arrayFilter(e -> isNotNull(e), {call.Array(0).Sql})))";

    private static string Texts(FunctionCall call) => $"arrayMap(e -> {Casts.Text(new Term("toNullable(e)", call.Element(0), call.Node))}, {call.Array(0).Sql})";
}
