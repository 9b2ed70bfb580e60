namespace Assay.Quality.Inference;

/// <summary>The times of the training rows.</summary>
/// <param name="Future">How many lie behind the time of the profile.</param>
/// <param name="Days">Days since 1970, with how many lie on each.</param>
internal sealed record TimeFigures(DateTimeOffset First, DateTimeOffset Last, long Future, IReadOnlyList<(long Day, long Count)> Days)
{
    public const int Count = 4;

    public static IEnumerable<string> Sql(string time, string now) =>
    [
        $"min({time})", $"max({time})", $"countIf({time} > {now})",
        $"sumMap(if(isNull({time}), map(), map(assumeNotNull(toInt64(toDate32({time}))), toUInt64(1))))",
    ];

    /// <returns>Null where there are no times.</returns>
    public static TimeFigures? Of(IReadOnlyList<object?> values, int at) => values[at] is not DateTimeOffset first || values[at + 1] is not DateTimeOffset last ? null
        : new(first, last, Convert.ToInt64(values[at + 2], null), [.. ((IEnumerable<KeyValuePair<object, object?>>)values[at + 3]!).Select(p => (Convert.ToInt64(p.Key, null), Convert.ToInt64(p.Value, null)))]);

    /// <returns>Null where there are no times.</returns>
    public static TimeFigures? Of(FetchedField field, DateTimeOffset now)
    {
        var times = field.Times.Select((t, i) => (Time: t, Count: field.Counts[i].Training)).Where(t => t.Time is not null && t.Count > 0).Select(t => (Time: DateTimeOffset.UnixEpoch.AddTicks(10 * t.Time!.Value), t.Count)).ToList();
        return times.Count == 0 ? null : new(times.Min(t => t.Time), times.Max(t => t.Time), times.Where(t => t.Time > now).Sum(t => t.Count),
            [.. times.GroupBy(t => (long)Math.Floor((t.Time - DateTimeOffset.UnixEpoch).TotalDays)).Select(g => (g.Key, g.Sum(t => t.Count)))]);
    }
}
