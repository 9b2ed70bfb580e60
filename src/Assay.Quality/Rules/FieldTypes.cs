namespace Assay.Quality.Rules;

/// <summary>The sets of field types that rules accept.</summary>
internal static class FieldTypes
{
    public static IReadOnlyList<FieldType> Numeric { get; } = [FieldType.Integral, FieldType.Fractional];

    public static IReadOnlyList<FieldType> Times { get; } = [FieldType.Date, FieldType.Timestamp];

    public static IReadOnlyList<FieldType> Text { get; } = [FieldType.String];

    public static IReadOnlyList<FieldType> Ordered { get; } = [.. Numeric, .. Times];

    public static IReadOnlyList<FieldType> Scalar { get; } =
        [FieldType.Integral, FieldType.Fractional, FieldType.Boolean, FieldType.String, FieldType.Date, FieldType.Timestamp];

    /// <summary>Whatever the source holds: presence, equality and number of values have a meaning for all types.</summary>
    public static IReadOnlyList<FieldType> Any { get; } =
        [.. Scalar, FieldType.Array, FieldType.Struct, FieldType.MapType, FieldType.Unknown];
}
