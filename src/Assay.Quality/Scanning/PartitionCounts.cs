namespace Assay.Quality.Scanning;

/// <summary>How many rows each partition has, counted in the same pass as everything else. Names and counts are in the same order.</summary>
internal static class PartitionCounts
{
    /// <summary>All rows.</summary>
    public const string Every = "1";

    /// <param name="condition">Which rows are counted; never NULL.</param>
    public static string Names(string partition, string condition = Every) => $"mapKeys({Map(partition, condition)})";

    /// <param name="condition">Which rows are counted; never NULL.</param>
    public static string Counts(string partition, string condition = Every) => $"mapValues({Map(partition, condition)})";

    public static IReadOnlyList<PartitionRecords> Read(object? names, object? counts) => names is null ? []
        : [.. Items(names).Zip(Items(counts), (name, count) => new PartitionRecords((string)name!, Convert.ToInt64(count, null))).OrderBy(p => p.Name, StringComparer.Ordinal)];

    private static string Map(string partition, string condition)
    {
        var one = $"map(ifNull(toString({partition}), ''), toUInt64(1))";
        return condition == Every ? $"sumMap({one})" : $"sumMapIf({one}, {condition})";
    }

    private static IEnumerable<object?> Items(object? array) => (IEnumerable<object?>)array!;
}
