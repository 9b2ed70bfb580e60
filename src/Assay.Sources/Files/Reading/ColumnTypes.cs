using Assay.Engine;
using Assay.Sources.Contract;

namespace Assay.Sources.Files.Reading;

/// <summary>The engine's types for the fields of files.</summary>
internal static class ColumnTypes
{
    private static readonly string[] NeverNullable =
        ["Nullable(", "Array(", "Map(", "Tuple(", "Nested(", "Variant(", "Dynamic", "JSON", "Object(", "LowCardinality(", "AggregateFunction("];

    /// <summary>Columns as a table function takes them.</summary>
    public static string Structure(IEnumerable<FieldStructure> fields, Func<FieldStructure, string> typeOf) =>
        string.Join(", ", fields.Select(f => $"{EngineName.Quote(f.Name)} {typeOf(f)}"));

    /// <summary>The type of an inferred field: any value may be missing, and objects come as their JSON text.</summary>
    public static string Inferred(FieldStructure field) => Inferred(field.NativeType);

    /// <summary>Whether an inferred field is one of texts.</summary>
    public static bool IsText(FieldStructure field) => Inferred(field) == "Nullable(String)";

    /// <summary>The type that a file declares, able to be missing: of several files, one may lack the column.</summary>
    public static string Declared(FieldStructure field) =>
        field.NativeType.StartsWith("LowCardinality(", StringComparison.Ordinal) && !field.NativeType.Contains("Nullable(")
            ? $"LowCardinality(Nullable({field.NativeType["LowCardinality(".Length..^1]}))"
            : NeverNullable.Any(prefix => field.NativeType.StartsWith(prefix, StringComparison.Ordinal)) ? field.NativeType : $"Nullable({field.NativeType})";

    private static string Inferred(string native) => native switch
    {
        "JSON" or "Nothing" => "Nullable(String)",
        _ when native.StartsWith("Array(", StringComparison.Ordinal) => $"Array({Inferred(native["Array(".Length..^1])})",
        "DateTime64(6)" => "Nullable(DateTime64(6, 'UTC'))",
        _ => $"Nullable({native})",
    };
}
