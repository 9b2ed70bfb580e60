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
        var all = training.Profiles.Where(f => f.Type is not (FieldKind.Array or FieldKind.Struct) && !IsEntryNumber(f, training)).ToList();
        var fields = all.Where(f => f.Completeness >= LeastCompleteness).Take(MostFields).ToList();
        // A key by itself says it all.
        if (fields.Count < LeastFields || fields.Any(f => f.ApproximateDistinctValues == training.Rows)) return [];
        if (fields.Sum(f => Information(f, training)) < EnoughInformation * Math.Log(training.Rows)) return [];
        var (rows, surplus) = await SurplusAsync(training, fields, [], cancellation);
        if (rows < 0.5 * training.Rows || surplus > MostDuplicates * rows) return [];
        if (surplus == 0) return [Candidate(fields, null, 0, rows)];

        // Records that differ in a field that is not always filled in are not the same.
        var others = all.Except(fields).Where(f => f.Values > 0).Take(MostFields).ToList();
        var (_, copies) = await SurplusAsync(training, fields, others, cancellation);
        if (copies == surplus) return [Candidate(fields, null, copies, rows)];
        foreach (var other in others)
        {
            if (await SurplusAsync(training, fields, [other], cancellation) is var (_, left) && left == copies)
                return [Candidate([.. fields, other], null, copies, rows), Candidate(fields, $"{SparkName.Quote(other.Name)} IS NULL", copies, rows)];
        }

        return [];
    }

    /// <summary>How many rows there are, and how many are copies: equal in some fields, and in others or without a value in both.</summary>
    private static async Task<(long Rows, long Surplus)> SurplusAsync(TrainingRows training, IReadOnlyList<FieldProfile> fields, IReadOnlyList<FieldProfile> others, CancellationToken cancellation)
    {
        if (training.Fetched is { } fetched) return fetched.Surplus(fields, others);
        var values = fields.Select(training.Value).ToList();
        var rest = others.Select(training.Value).SelectMany(v => new[] { v.SureText, v.IsNull });
        var present = string.Join(" AND ", values.Select(v => v.IsNotNull));
        var counts = await training.FiguresOfAllAsync([$"countIf({present})", $"uniqExactIf(sipHash128({string.Join(", ", values.Select(v => v.SureText).Concat(rest))}), {present})"], cancellation);
        var rows = Convert.ToInt64(counts[0], null);
        return (rows, rows - Convert.ToInt64(counts[1], null));
    }

    private static Candidate Candidate(IReadOnlyList<FieldProfile> fields, string? filter, long copies, long rows)
    {
        var candidate = Inference.Candidate.Of("unique", copies > 0 ? 4 : 2, $"No record is entered twice{(filter is null ? "" : $" ({filter})")}", [.. fields.Select(f => f.Name)])
            .But(copies, rows, $"{fields.Count} fields agree in all of them, where chance would hardly make two");
        return candidate with { Check = candidate.Check with { Filter = filter } };
    }

    /// <summary>Whole numbers that never recur and fill their range: they tell when a record was entered, not what it says.</summary>
    private static bool IsEntryNumber(FieldProfile field, TrainingRows training) =>
        field.Type == FieldKind.Integral && field.ApproximateDistinctValues >= 0.98 * training.Rows
        && field is { Min: { } min, Max: { } max } && min.TryGetDecimal(out var low) && max.TryGetDecimal(out var high) && high - low < 2 * training.Rows;

    /// <summary>Entropy in nats; where that is not known, of as many values as there are.</summary>
    private static double Information(FieldProfile field, TrainingRows training) =>
        Math.Min(field.Entropy ?? Math.Log(Math.Max(1, field.ApproximateDistinctValues ?? 1)), Math.Log(training.Rows));
}
