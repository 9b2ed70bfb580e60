namespace Assay.Quality.Expressions.Functions;

/// <summary>Functions that need OVER (...). Aggregates can have it as well.</summary>
internal static class WindowFunctions
{
    public static IReadOnlyList<Function> All { get; } = Make();

    private static List<Function> Make()
    {
        var group = new FunctionGroup("Window functions");
        foreach (var name in "row_number rank dense_rank".Split(' '))
            group.Add(FunctionKind.Window, name, 0, 0, call => call.Give($"{name}()", SqlType.Int));
        group.Add(FunctionKind.Window, "percent_rank", 0, 0, call => call.Give("percent_rank()", SqlType.Double));
        group.Add(FunctionKind.Window, "cume_dist", 0, 0, call => call.Give("cume_dist()", SqlType.Double));
        group.Add(FunctionKind.Window, "ntile", 1, 1, call => call.Give($"ntile({call[0].Sql})", SqlType.Int));
        foreach (var name in new[] { "lag", "lead" })
        {
            group.Add(FunctionKind.Window, name, 1, 3, call => call.Give(
                $"{name}InFrame(toNullable({call[0].Sql}){(call.Has(1) ? $", {call[1].Sql}" : "")}{(call.Has(2) ? $", toNullable({call[2].Sql})" : "")})", call[0].Type));
        }

        group.Add(FunctionKind.Window, "nth_value", 2, 2, call => call.Give($"nth_value(toNullable({call[0].Sql}), {call[1].Sql})", call[0].Type));
        return group.Functions;
    }
}
