using Assay.Quality.Profiling;

namespace Assay.Quality.Inference;

/// <summary>
/// Whole records that do not recur, numbers that were given to them on entry aside. Where the fields hold far more information than it takes to
/// tell the rows apart, two equal records are one that was entered twice.
/// </summary>
internal static class DuplicateCandidates
{
    private const int LeastFields = 2, MostFields = 60;

    /// <summary>The engine holds 16 bytes and more of each row to tell them apart.</summary>
    private const int MostRows = 10_000_000;

    private const double LeastCompleteness = 0.95, MostDuplicates = 0.02;

    /// <summary>How many times the information that tells the rows apart the fields have to hold, in order that equal rows are surely no chance.</summary>
    private const double EnoughInformation = 3;

    public static async Task<IReadOnlyList<Candidate>> OfAsync(TrainingRows training, CancellationToken cancellation)
    {
        if (training.Request.Level < 2 || training.Rows > MostRows) return [];
        var fields = training.Profiles.Where(f => f.Completeness >= LeastCompleteness && f.Type is not (FieldKind.Array or FieldKind.Struct) && !IsEntryNumber(f, training)).Take(MostFields).ToList();
        // A key by itself says it all.
        if (fields.Count < LeastFields || fields.Any(f => f.ApproximateDistinctValues == training.Rows)) return [];
        if (fields.Sum(f => Information(f, training)) < EnoughInformation * Math.Log(training.Rows)) return [];
        var values = fields.Select(training.Value).ToList();
        var present = string.Join(" AND ", values.Select(v => v.IsNotNull));
        var counts = await training.FiguresOfAllAsync([$"countIf({present})", $"uniqExactIf(sipHash128({string.Join(", ", values.Select(v => v.SureText))}), {present})"], cancellation);
        var (rows, distinct) = (Convert.ToInt64(counts[0], null), Convert.ToInt64(counts[1], null));
        if (rows < 0.5 * training.Rows || rows - distinct > MostDuplicates * rows) return [];
        return
        [
            Candidate.Of("unique", rows > distinct ? 4 : 2, "No record is entered twice", [.. fields.Select(f => f.Name)])
                .But(rows - distinct, rows, $"{fields.Count} fields agree in all of them, where chance would hardly make two"),
        ];
    }

    /// <summary>Whole numbers that never recur and fill their range: they tell when a record was entered, not what it says.</summary>
    private static bool IsEntryNumber(FieldProfile field, TrainingRows training) =>
        field.Type == FieldKind.Integral && field.ApproximateDistinctValues >= 0.98 * training.Rows
        && field is { Min: { } min, Max: { } max } && min.TryGetDecimal(out var low) && max.TryGetDecimal(out var high) && high - low < 2 * training.Rows;

    /// <summary>Entropy in nats; where that is not known, of as many values as there are.</summary>
    private static double Information(FieldProfile field, TrainingRows training) =>
        Math.Min(field.Entropy ?? Math.Log(Math.Max(1, field.ApproximateDistinctValues ?? 1)), Math.Log(training.Rows));
}
