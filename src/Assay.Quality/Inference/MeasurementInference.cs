using System.Globalization;

namespace Assay.Quality.Inference;

/// <summary>
/// Checks that a container's volume and freshness over time speak for. The latest measurement is the one to be judged, so limits follow from
/// those before it: their mean and two standard deviations, and never less than what was measured.
/// </summary>
public static class MeasurementInference
{
    /// <summary>Fewer measurements, or changes, than this are no evidence.</summary>
    private const int LeastMeasurements = 7;

    private const double Deviations = 2;

    /// <summary>Volume over these days is what a day, a week, and four weeks are compared with.</summary>
    private static readonly (string Name, int Days, int Window)[] Periods = [("daily", 1, 7), ("weekly", 7, 28), ("monthly", 28, 112)];

    /// <param name="days">One measurement for each day that has one, in order.</param>
    public static IReadOnlyList<InferredCheck> Of(IReadOnlyList<DayMeasured> days)
    {
        var volumes = days.Where(d => d.Rows is not null).Select(d => (d.Day, Rows: (double)d.Rows!.Value)).ToList();
        var ages = days.Where(d => d.Age is not null).Select(d => d.Age!.Value.TotalMilliseconds).SkipLast(1).ToList();
        List<InferredCheck> checks = [];
        if (volumes.Count > LeastMeasurements)
        {
            var known = volumes.SkipLast(1).Select(v => v.Rows).ToList();
            var (min, max) = Limits(known);
            (min, max) = (Math.Max(0, Math.Floor(min)), Math.Ceiling(max));
            checks.Add(Volumetric("Absolute Value", 1, min, max, $"The container holds between {Text(min)} and {Text(max)} records", known.Count, "measurements"));
            checks.AddRange(Periods.Select(p => Change(volumes, p.Name, p.Days, p.Window)).OfType<InferredCheck>());
        }

        if (ages.Count >= LeastMeasurements) checks.Add(Freshness(ages));
        return checks;
    }

    private static InferredCheck? Change(List<(long Day, double Rows)> volumes, string name, int days, int window)
    {
        if (volumes[^1].Day - volumes[0].Day < window + days * LeastMeasurements) return null;
        var changes = volumes.SkipLast(1).Where(v => v.Day >= volumes[0].Day + window)
            .Select(v => (v.Rows, Before: volumes.Where(b => b.Day < v.Day && b.Day >= v.Day - window).Select(b => b.Rows).DefaultIfEmpty(0).Average()))
            .Where(v => v.Before > 0).Select(v => 100 * (v.Rows - v.Before) / v.Before).ToList();
        if (changes.Count < LeastMeasurements) return null;
        var (min, max) = Limits(changes);
        (min, max) = (Math.Floor(10 * min) / 10, Math.Ceiling(10 * max) / 10);
        return Volumetric("Percentage Change", window, min, max,
            $"The volume lies between {Text(min)} % and {Text(max)} % off its mean over {window} days ({name})", changes.Count, "changes");
    }

    private static InferredCheck Volumetric(string comparison, int window, double min, double max, string what, int measured, string things) => new(
        Candidate.Of("volumetric", 0, what, [], ("comparison", comparison), ("window_size", window), ("min", (decimal)min), ("max", (decimal)max)).Check,
        $"{what}. Follows from {measured} {things} before the latest: mean and two standard deviations, and never less than was measured.", 0);

    private static InferredCheck Freshness(List<double> ages)
    {
        var longest = Math.Ceiling(Limits(ages).Max * 1.1 / 60_000) * 60_000;
        var what = $"The container was updated within the last {TimeSpan.FromMilliseconds(longest).ToString("c", CultureInfo.InvariantCulture)}";
        return new(Candidate.Of("freshness", 0, what, [], ("value", (decimal)longest)).Check,
            $"{what}. Follows from its age at {ages.Count} measurements before the latest: mean and two standard deviations, never less than was measured, and a tenth.", 0);
    }

    private static (double Min, double Max) Limits(List<double> values)
    {
        var mean = values.Average();
        var deviation = Math.Sqrt(values.Average(v => (v - mean) * (v - mean)));
        return (Math.Min(values.Min(), mean - Deviations * deviation), Math.Max(values.Max(), mean + Deviations * deviation));
    }

    private static string Text(double value) => value.ToString("G10", CultureInfo.InvariantCulture);
}

/// <summary>What was measured of a container on a day.</summary>
/// <param name="Day">Days since any day.</param>
/// <param name="Rows">Its rows; null where not measured.</param>
/// <param name="Age">How long its last change lay back; null where not known.</param>
public sealed record DayMeasured(long Day, long? Rows, TimeSpan? Age);
