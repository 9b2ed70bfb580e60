namespace Assay.Quality.Profiling;

/// <summary>Counts in parts of equal width between the smallest and the largest value.</summary>
internal static class Buckets
{
    public const int Parts = 100;

    /// <summary>Bytes that one thread's counts of a column take.</summary>
    public const long StateBytes = Parts * 16;

    /// <summary>The width of the parts; null where there is nothing to cut up.</summary>
    public static double? Width(Column c) => c.MinReal is { } low && c.MaxReal is { } high && high > low && double.IsFinite(high - low) ? (high - low) / Parts : null;

    /// <remarks>The engine's own histogram() chooses the bounds itself.</remarks>
    public static IEnumerable<Figure> Of(Column c)
    {
        if (Width(c) is not { } width) yield break;
        // NULL by a condition: greatest() leaves it out, so that it would count as the first part.
        var part = $"if(isNull({c.Real}), NULL, toUInt8(least({Parts - 1}, greatest(0, ({c.Real} - {Cells.Literal(c.MinReal!.Value)}) / {Cells.Literal(width)}))))";
        yield return new($"countResample(0, {Parts}, 1)({part})", v => c.Buckets = v is object?[] counts ? Spread([.. counts.Select(Cells.Long)], c.Usable) : null);
    }

    /// <summary>The same of values at hand; null where there is nothing to cut up.</summary>
    public static long[]? Of(Column c, NumberCounts numbers)
    {
        if (Width(c) is not { } width) return null;
        var counts = new long[Parts];
        for (var i = 0; i < numbers.Values.Length; i++)
            counts[(int)Math.Clamp((numbers.Values[i] - c.MinReal!.Value) / width, 0, Parts - 1)] += numbers.Counts[i];
        return counts;
    }

    /// <summary>What the counts of a sample come to of all values; the counts of all values stay as they are.</summary>
    private static long[] Spread(long[] counts, long all)
    {
        var sampled = counts.Sum();
        if (sampled == 0 || sampled == all) return counts;
        var (seen, given) = (0L, 0L);
        for (var i = 0; i < counts.Length; i++)
        {
            seen += counts[i];
            // Rounded as they add up, so that the parts are as many as the whole.
            var until = (long)Math.Round((decimal)seen * all / sampled);
            (counts[i], given) = (until - given, until);
        }
        return counts;
    }
}
