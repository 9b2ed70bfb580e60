using Assay.Quality.Expressions.Syntax;
using Assay.Quality.Expressions.Translation;

namespace Assay.Quality.Expressions.Functions;

/// <summary>Types' names as functions: <c>int('1')</c>.</summary>
internal static class CastFunctions
{
    public static IReadOnlyList<Function> All { get; } = Make();

    private static List<Function> Make()
    {
        var group = new FunctionGroup("Casts");
        foreach (var name in "string boolean tinyint smallint int bigint float double decimal date timestamp".Split(' '))
        {
            var type = TypeParser.Simple(name)!;
            group.Add(name, 1, 1, type, call => Casts.To(call[0], type));
        }

        return group.Functions;
    }
}
