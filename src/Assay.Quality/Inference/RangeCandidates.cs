using System.Globalization;
using Assay.Quality.Profiling;

namespace Assay.Quality.Inference;

/// <summary>Ranges of numbers, also of those that lie in text fields. Values far outside the bulk, with nothing between them and it, are taken for errors.</summary>
internal static class RangeCandidates
{
    /// <summary>The numbers of a key fill their range: there are at most so many times as many numbers as rows.</summary>
    private const int KeyDensity = 4;

    /// <summary>Among fewer values one that lies far off is no exception.</summary>
    private const int LeastValues = 100;

    public static async Task<IReadOnlyList<Candidate>> OfAsync(TrainingRows training, CancellationToken cancellation)
    {
        var fields = training.Profiles.Select(f => AsNumber(training, f)).OfType<FieldProfile>().ToList();
        var figures = await FiguresAsync(training, fields, cancellation);
        List<Candidate> candidates = [];
        for (var i = 0; i < fields.Count; i++)
        {
            if (figures[i] is not ({ } spread, var ends)) continue;
            var range = ends.Range(spread, MostExceptions(training, fields[i]), training.Tolerance > 0);
            var whole = Of(training, fields[i], range.Whole).ToList();
            candidates.AddRange(range.Outside == 0 ? whole : Of(training, fields[i], range).Select(c => c with { Wider = whole.Find(w => w.Check.Rule == c.Check.Rule && w.Level == c.Level) }));
        }

        return candidates;
    }

    private static async Task<IReadOnlyList<(Spread? Spread, NumberEnds Ends)>> FiguresAsync(TrainingRows training, IReadOnlyList<FieldProfile> fields, CancellationToken cancellation)
    {
        int Most(FieldProfile field) => MostExceptions(training, field) + 1;
        if (training.Fetched is { } rows)
            return [.. fields.Select(f => (Spread.Of([.. rows[f].Sorted(training: true).Where(double.IsFinite)]), NumberEnds.Of(rows[f].Sorted(training: false), Most(f))))];
        var quantiles = await training.FiguresAsync([.. fields.SelectMany(f => Spread.Figures(Number(training, f)))], cancellation);
        var ends = await training.FiguresOfAllAsync([.. fields.SelectMany(f => NumberEnds.Figures(Number(training, f), Most(f)))], cancellation);
        return [.. fields.Select((_, i) => (Spread.Of(quantiles, i * Spread.Count), NumberEnds.Of(ends, i * NumberEnds.Count)))];
    }

    private static FieldProfile? AsNumber(TrainingRows training, FieldProfile field)
    {
        if (!training.HasEvidence(field)) return null;
        if (field.Type is FieldKind.Integral or FieldKind.Fractional) return field;
        return training.Near.TryGetValue(field.Name, out var near) && near.Kind is FieldKind.Integral or FieldKind.Fractional ? field with { Type = near.Kind } : null;
    }

    private static string Number(TrainingRows training, FieldProfile field) => $"toFloat64({training.Value(field).Number})";

    /// <summary>Few are one in a hundred, and never so many that they could not be looked at one by one.</summary>
    private static int MostExceptions(TrainingRows training, FieldProfile field) => field.Values < LeastValues ? 0 : (int)Math.Min(500, Math.Max(0.01, training.Tolerance) * field.Values!.Value);

    private static IEnumerable<Candidate> Of(TrainingRows training, FieldProfile field, NumberRange range)
    {
        var (low, high) = (range.Low, range.High);
        var but = range.Outside > 0 ? " but in a few rows far off" : "";
        var text = training.Near.ContainsKey(field.Name) && !training.IsDeclaredNumber(field);
        var bounded = !IsKey(field, range) && low != high; // a key grows, and a constant says little
        if (low >= 0 && !(text && bounded))
            yield return (text
                ? Expression($"{field.Name} is never negative", $"{Cast(field)} >= 0")
                : Candidate.Of("notNegative", 1, $"{field.Name} is never negative{(range.Below > 0 ? but : "")}", [field.Name]))
                .But(range.Below, field.Values!.Value, NumberRange.Why);
        if (!bounded) yield break;
        var margin = 0.1 * (high - low);
        var (min, max) = (Round(low >= 0 ? Math.Max(0, low - margin) : low - margin, up: false), Round(high <= 0 ? Math.Min(0, high + margin) : high + margin, up: true));
        if (field.Type == FieldKind.Integral) (min, max) = (Math.Floor(min), Math.Ceiling(max));
        if (Math.Abs(min) >= 1e15 || Math.Abs(max) >= 1e15) yield break;
        var what = $"{field.Name} lies between {min.ToString("G10", CultureInfo.InvariantCulture)} and {max.ToString("G10", CultureInfo.InvariantCulture)}{but}";
        yield return (text
            ? Expression(what, $"{Cast(field)} BETWEEN {((decimal)min).ToString(CultureInfo.InvariantCulture)} AND {((decimal)max).ToString(CultureInfo.InvariantCulture)}")
            : Candidate.Of("between", 2, what, [field.Name], ("min", (decimal)min), ("inclusive_min", true), ("max", (decimal)max), ("inclusive_max", true)))
            .But(range.Outside, field.Values!.Value, NumberRange.Why);

        Candidate Expression(string what, string expression) => Candidate.Of("satisfiesExpression", 2, what, [field.Name], ("expression", expression));
    }

    /// <summary>What cannot be read as a number is NULL, and so fails nothing here: <c>isType</c> tells of it.</summary>
    private static string Cast(FieldProfile field) => $"try_cast({SparkName.Quote(field.Name)} AS DOUBLE)";

    private static bool IsKey(FieldProfile field, NumberRange range) =>
        field.Type == FieldKind.Integral && field.ApproximateDistinctValues >= 0.9 * field.Values && field.Values > 100 && (UniqueCandidates.IsNamedKey(field) || Math.Abs(range.High - range.Low) < KeyDensity * field.Values);

    /// <summary>Outwards to three digits, so that a bound reads like one.</summary>
    private static double Round(double value, bool up)
    {
        if (value == 0 || !double.IsFinite(value)) return value;
        var unit = Math.Pow(10, Math.Floor(Math.Log10(Math.Abs(value))) - 2);
        return (double)(decimal)((up ? Math.Ceiling(value / unit) : Math.Floor(value / unit)) * unit);
    }
}
