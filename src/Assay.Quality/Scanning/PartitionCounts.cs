namespace Assay.Quality.Scanning;

/// <summary>How many rows each partition has, counted in the same pass as everything else. Names and counts are in the same order.</summary>
internal static class PartitionCounts
{
    public static string Names(string partition) => $"mapKeys({Map(partition)})";

    public static string Counts(string partition) => $"mapValues({Map(partition)})";

    public static IReadOnlyList<PartitionRecords> Read(object? names, object? counts) => names is null ? []
        : [.. Items(names).Zip(Items(counts), (name, count) => new PartitionRecords((string)name!, Convert.ToInt64(count, null))).OrderBy(p => p.Name, StringComparer.Ordinal)];

    private static string Map(string partition) => $"sumMap(map(ifNull(toString({partition}), ''), toUInt64(1)))";

    private static IEnumerable<object?> Items(object? array) => (IEnumerable<object?>)array!;
}
