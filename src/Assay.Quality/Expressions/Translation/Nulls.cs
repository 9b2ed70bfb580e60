namespace Assay.Quality.Expressions.Translation;

/// <summary>The engine's arrays, maps and structs are never NULL.</summary>
internal static class Nulls
{
    public static string Is(Term value) => value.Type.Kind is SqlKind.Array or SqlKind.Map or SqlKind.Struct ? "false" : $"isNull({value.Sql})";
}
