namespace Assay.Engine.Staging;

/// <summary>What rows take in the engine's memory, by the types of their columns.</summary>
public static class RowSize
{
    /// <summary>A text of some fifteen characters, where its end lies, and whether it is NULL.</summary>
    private const int Text = 25;

    public static long Of(IEnumerable<string> types) => types.Sum(Of);

    private static long Of(string type) => type switch
    {
        _ when type.StartsWith("Nullable(", StringComparison.Ordinal) => 1 + Of(type["Nullable(".Length..^1]),
        "Bool" or "Int8" or "UInt8" => 1,
        "Int16" or "UInt16" or "Date" => 2,
        "Int32" or "UInt32" or "Float32" or "Date32" or "DateTime" => 4,
        "Int64" or "UInt64" or "Float64" => 8,
        _ when type.StartsWith("DateTime", StringComparison.Ordinal) => 8,
        "UUID" or "Int128" or "UInt128" => 16,
        _ when type.StartsWith("Decimal(", StringComparison.Ordinal) => 16,
        // Several values, of which nobody knows how many.
        _ when type.StartsWith("Array(", StringComparison.Ordinal) || type.StartsWith("Map(", StringComparison.Ordinal) => Text * 4,
        _ => Text,
    };
}
