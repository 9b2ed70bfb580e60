using Assay.Quality.Expressions.Syntax;
using Assay.Quality.Rules;

namespace Assay.Quality.Expressions.Functions;

/// <summary>All functions that expressions may call. What is not here is refused, so that nothing reaches files, network or settings.</summary>
internal static class FunctionCatalogue
{
    private static readonly HashSet<string> TableFunctions =
        ["explode", "explode_outer", "posexplode", "posexplode_outer", "inline", "inline_outer", "stack", "json_tuple", "range", "read_files", "file", "url", "s3", "remote"];

    public static IReadOnlyList<Function> All { get; } =
    [
        .. ConditionalFunctions.All, .. NumericFunctions.All, .. TextFunctions.All, .. PatternFunctions.All, .. DateFunctions.All, .. DateTextFunctions.All,
        .. ArrayFunctions.All, .. LambdaFunctions.All, .. MapFunctions.All, .. JsonFunctions.All, .. HashFunctions.All, .. CastFunctions.All, .. AggregateFunctions.All, .. WindowFunctions.All,
    ];

    private static readonly Dictionary<string, Function> ByName = All.ToDictionary(f => f.Name, StringComparer.Ordinal);

    public static Function? Find(string name) => ByName.GetValueOrDefault(name);

    public static ExpressionException Unknown(CallNode call)
    {
        if (TableFunctions.Contains(call.Name)) return new(call.Position, $"{call.Name} is a table function, which cannot stand in an expression");
        var near = All.MaxBy(f => Similarity.Of(f.Name, call.Name))!;
        return new(call.Position, $"The function {call.Name} is not supported{(Similarity.Of(near.Name, call.Name) >= 0.7 ? $"; is {near.Name} meant?" : "")}");
    }
}
