namespace Assay.Quality.Rules;

/// <summary>The contract's names of <see cref="PropertyType"/>.</summary>
public static class PropertyTypeNames
{
    /// <summary>For example <c>numeric_comparator</c> or <c>sparksql</c>.</summary>
    public static string WireName(this PropertyType type) => type switch
    {
        PropertyType.DateTime => "datetime",
        PropertyType.SparkSql => "sparksql",
        PropertyType.NumericComparator => "numeric_comparator",
        PropertyType.DurationComparator => "duration_comparator",
        PropertyType.StringComparator => "string_comparator",
        _ => type.ToString().ToLowerInvariant(),
    };
}
