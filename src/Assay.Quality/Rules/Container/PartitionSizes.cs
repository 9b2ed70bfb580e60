using Assay.Quality.Scanning;

namespace Assay.Quality.Rules.Container;

/// <summary>How many records were loaded from each partition; the whole container is one where partitions are not known.</summary>
internal static class PartitionSizes
{
    public static string Figure(RowScope row) => row.Rows.Partition is { } partition
        ? PartitionCounts.Counts(partition)
        : "[toUInt64(count())]";

    public static Verdict Judge(CheckScope check, long asserted, object? figure, Func<decimal, bool> fits, Func<decimal, string> message)
    {
        var sizes = ((IEnumerable<object?>)figure!).Select(s => Convert.ToDecimal(s, null)).ToList();
        // No partition at all is an empty container.
        if (sizes.Count == 0) sizes.Add(0);
        var wrong = sizes.Where(s => !fits(s)).ToList();
        var passed = sizes.Count - wrong.Count >= (decimal)(check.Check.Coverage ?? 1) * sizes.Count;
        return Verdict.Of(passed, () => message(wrong[0])) with { Asserted = asserted, Measurement = sizes.Sum() };
    }
}
