namespace Assay.Quality.Inference;

/// <summary>Names of fields in Spark SQL.</summary>
internal static class SparkName
{
    public static string Quote(string name) => $"`{name.Replace("`", "``", StringComparison.Ordinal)}`";
}
