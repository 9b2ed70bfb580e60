using System.Globalization;
using Assay.Quality.Profiling;
using Assay.Quality.Scanning;

namespace Assay.Quality.Inference;

/// <summary>Ranges of times. A field that reaches up to now goes on growing: it gets no upper bound but now itself.</summary>
internal static class TimeCandidates
{
    public static async Task<IReadOnlyList<Candidate>> OfAsync(TrainingRows training, CancellationToken cancellation)
    {
        var fields = training.Profiles.Where(f => f.Type is FieldKind.Date or FieldKind.Timestamp && training.HasEvidence(f)).ToList();
        var figures = await FiguresAsync(training, fields, cancellation);
        List<Candidate> candidates = [];
        for (var i = 0; i < fields.Count; i++)
        {
            if (figures[i] is not { } times) continue;
            candidates.AddRange(Of(training, fields[i], times.First, times.Last, times.Future));
            if (Daily(fields[i], times.Days) is { } daily) candidates.Add(daily);
        }

        return candidates;
    }

    private static async Task<IReadOnlyList<TimeFigures?>> FiguresAsync(TrainingRows training, IReadOnlyList<FieldProfile> fields, CancellationToken cancellation)
    {
        if (training.Fetched is { } rows) return [.. fields.Select(f => TimeFigures.Of(rows[f], training.Request.Now))];
        var figures = await training.FiguresAsync([.. fields.SelectMany(f => TimeFigures.Sql(training.Value(f).Time, SqlValue.Constant(training.Request.Now)))], cancellation);
        return [.. fields.Select((_, i) => TimeFigures.Of(figures, i * TimeFigures.Count))];
    }

    private static IEnumerable<Candidate> Of(TrainingRows training, FieldProfile field, DateTimeOffset first, DateTimeOffset last, long future)
    {
        var now = training.Request.Now;
        var wrong = future > 0;
        if (future <= training.Tolerance * field.Values)
            yield return Candidate.Of("notFuture", wrong ? 4 : 1, $"{field.Name} is {(wrong ? "hardly ever" : "never")} in the future", [field.Name]) with { Allowed = wrong ? training.Tolerance : 0 };
        var span = last - first;
        if (span <= TimeSpan.Zero || wrong) yield break;
        var margin = 0.1 * span;
        var from = Day(first - margin);
        // Rows of the last tenth of the span, or of the last month, speak for a field that is still being written.
        if (now - last < margin || now - last < TimeSpan.FromDays(31))
            yield return Candidate.Of("afterDateTime", 3, $"{field.Name} is later than {from}", [field.Name], ("datetime", from));
        else
            yield return Candidate.Of("betweenTimes", 2, $"{field.Name} lies between {from} and {Day(last + margin + TimeSpan.FromDays(1))}", [field.Name], ("min_time", from), ("max_time", Day(last + margin + TimeSpan.FromDays(1))));
    }

    /// <summary>A month and more without a gap speaks for a delivery every day.</summary>
    private static Candidate? Daily(FieldProfile field, IReadOnlyList<(long Interval, long Count)> segments)
    {
        if (segments.Count < 40 || segments.Max(s => s.Interval) - segments.Min(s => s.Interval) + 1 != segments.Count) return null;
        var least = segments.Min(s => s.Count);
        var most = segments.Max(s => s.Count);
        return least < 5 || most > 4 * least ? null
            // The part that was not looked at adds to each day.
            : Candidate.Of("timeDistributionSize", 3, $"{field.Name} has records on every day", [field.Name], ("interval_name", "Daily"), ("min_size", 1), ("max_size", 10 * most));
    }

    private static string Day(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'00:00:00'Z'", CultureInfo.InvariantCulture);
}
