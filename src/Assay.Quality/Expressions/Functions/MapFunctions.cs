using Assay.Quality.Expressions.Translation;

namespace Assay.Quality.Expressions.Functions;

/// <summary>Functions on maps and structs.</summary>
internal static class MapFunctions
{
    public static IReadOnlyList<Function> All { get; } = Make();

    private static List<Function> Make()
    {
        var group = new FunctionGroup("Maps and structs");
        group.Add("map", 2, FunctionGroup.Any, call =>
        {
            if (call.Count % 2 == 1) throw call.Fault(call.Count - 1, "map takes pairs of a key and a value");
            var (keys, keyType) = Coercion.All([.. call.All.Where((_, i) => i % 2 == 0)]);
            var (values, valueType) = Coercion.All([.. call.All.Where((_, i) => i % 2 == 1)]);
            return call.Give($"map({string.Join(", ", keys.Zip(values, (k, v) => $"{k}, {v}"))})", SqlType.Map(keyType, valueType));
        });
        group.Add("map_keys", 1, 1, call => call.Give($"mapKeys({Map(call).Sql})", SqlType.Array(Map(call).Type.Key ?? SqlType.Unknown)));
        group.Add("map_values", 1, 1, call => call.Give($"mapValues({Map(call).Sql})", SqlType.Array(Map(call).Type.Element ?? SqlType.Unknown)));
        group.Add("map_contains_key", 2, 2, SqlType.Boolean, call => $"mapContains({Map(call).Sql}, {call[1].Sql})");
        group.Add("map_from_arrays", 2, 2, call => call.Give($"mapFromArrays({call.Array(0).Sql}, {call.Array(1).Sql})", SqlType.Map(call.Element(0), call.Element(1))));
        group.Add("struct", 1, FunctionGroup.Any, call => call.Give($"tuple({string.Join(", ", call.All.Select(a => a.Sql))})", SqlType.Struct([.. call.All.Select((a, i) => ($"{i + 1}", a.Type))])));
        return group.Functions;
    }

    private static Term Map(FunctionCall call) => call[0].Type.Kind is SqlKind.Map or SqlKind.Unknown ? call[0] : throw call.Fault(0, $"{call.Node.Name} needs a map, not a {call[0].Type}");
}
