using System.Globalization;
using Assay.Quality.Profiling;

namespace Assay.Quality.Inference;

/// <summary>Ranges of numbers. Values far outside the bulk, with nothing between them and it, are taken for errors.</summary>
internal static class RangeCandidates
{
    private const double FarFence = 5, FarLogFence = 3;

    public static async Task<IReadOnlyList<Candidate>> OfAsync(TrainingRows training, CancellationToken cancellation)
    {
        var fields = training.Profiles.Where(f => f.Type is FieldKind.Integral or FieldKind.Fractional && training.HasEvidence(f)).ToList();
        var quantiles = await training.FiguresAsync([.. fields.SelectMany(f => Quantiles(Number(training, f)))], cancellation);
        var spreads = fields.Select((f, i) => Spread.Of(quantiles, i * 5)).ToList();
        var bulk = await training.FiguresOfAllAsync([.. fields.SelectMany((f, i) => spreads[i] is { } s ? s.Bulk(Number(training, f)) : ["NULL", "NULL", "NULL", "NULL", "0", "0"])], cancellation);
        List<Candidate> candidates = [];
        for (var i = 0; i < fields.Count; i++)
        {
            if (spreads[i] is not { } spread) continue;
            candidates.AddRange(Of(training, fields[i], spread, [.. Enumerable.Range(6 * i, 4).Select(j => Real(bulk[j]))], Real(bulk[6 * i + 4]) ?? 0, Real(bulk[6 * i + 5]) ?? 0));
        }

        return candidates;
    }

    private static string Number(TrainingRows training, FieldProfile field) => $"toFloat64({training.Value(field).Number})";

    private static IEnumerable<string> Quantiles(string number) =>
        [$"minIf({number}, isFinite({number}))", $"quantileIf(0.25)({number}, isFinite({number}))", $"quantileIf(0.5)({number}, isFinite({number}))", $"quantileIf(0.75)({number}, isFinite({number}))", $"maxIf({number}, isFinite({number}))"];

    private static IEnumerable<Candidate> Of(TrainingRows training, FieldProfile field, Spread spread, IReadOnlyList<double?> ends, double below, double above)
    {
        var (low, high) = (ends[0] ?? spread.Min, ends[1] ?? spread.Max);
        // A tail that goes on is a tail; errors lie apart, and very far apart where no exceptions are to be guessed.
        var apart = training.Tolerance > 0 ? 0.5 : 10;
        if (above > 0 && ends[3] - high < apart * (high - spread.Median)) (high, above) = (spread.Max, 0);
        if (below > 0 && low - ends[2] < apart * (spread.Median - low)) (low, below) = (spread.Min, 0);
        var few = below + above <= 0.01 * (field.Values ?? 0);
        if (!few) (low, high, below, above) = (spread.Min, spread.Max, 0, 0);
        var wrong = below + above > 0;
        if (low >= 0)
            yield return Candidate.Of("notNegative", 1, $"{field.Name} is never negative{(below > 0 ? " but in a few rows far off" : "")}", [field.Name]) with { Allowed = below > 0 ? 0.02 : 0 };
        // A key grows, and a constant says little.
        if (IsKey(field) || low == high) yield break;
        var margin = 0.1 * (high - low);
        var (min, max) = (Round(low >= 0 ? Math.Max(0, low - margin) : low - margin, up: false), Round(high <= 0 ? Math.Min(0, high + margin) : high + margin, up: true));
        if (field.Type == FieldKind.Integral) (min, max) = (Math.Floor(min), Math.Ceiling(max));
        if (Math.Abs(min) < 1e15 && Math.Abs(max) < 1e15)
        {
            yield return Candidate.Of("between", 2, $"{field.Name} lies between {min.ToString("G10", CultureInfo.InvariantCulture)} and {max.ToString("G10", CultureInfo.InvariantCulture)}{(wrong ? " but in a few rows far off" : "")}", [field.Name],
                ("min", (decimal)min), ("inclusive_min", true), ("max", (decimal)max), ("inclusive_max", true)) with
            { Allowed = wrong ? 0.02 : 0 };
        }
    }

    private static bool IsKey(FieldProfile field) =>
        field.Type == FieldKind.Integral && field.ApproximateDistinctValues >= 0.9 * field.Values && field.Values > 100;

    /// <summary>Outwards to three digits, so that a bound reads like one.</summary>
    private static double Round(double value, bool up)
    {
        if (value == 0 || !double.IsFinite(value)) return value;
        var unit = Math.Pow(10, Math.Floor(Math.Log10(Math.Abs(value))) - 2);
        return (double)(decimal)((up ? Math.Ceiling(value / unit) : Math.Floor(value / unit)) * unit);
    }

    private static double? Real(object? value) => value is null ? null : Convert.ToDouble(value, CultureInfo.InvariantCulture) is var real && double.IsFinite(real) ? real : null;

    private sealed record Spread(double Min, double Q1, double Median, double Q3, double Max)
    {
        public static Spread? Of(IReadOnlyList<object?> values, int at)
        {
            var five = Enumerable.Range(at, 5).Select(i => Real(values[i])).ToList();
            return five.Any(v => v is null) ? null : new(five[0]!.Value, five[1]!.Value, five[2]!.Value, five[3]!.Value, five[4]!.Value);
        }

        /// <summary>The ends of the bulk, the nearest values outside of it, and how many lie outside on each side.</summary>
        public IEnumerable<string> Bulk(string number)
        {
            var (low, high) = (Text(Low), Text(High));
            return [$"minIf({number}, {number} >= {low})", $"maxIf({number}, {number} <= {high})", $"maxIf({number}, {number} < {low})", $"minIf({number}, {number} > {high})", $"countIf({number} < {low})", $"countIf({number} > {high})"];
        }

        private double Low => Q3 > Q1 ? Q1 - FarFence * (Q3 - Q1) : Min;

        /// <summary>Positive numbers often spread by factors: both fences have to be passed.</summary>
        private double High => Q3 <= Q1 ? Max : Math.Max(Q3 + FarFence * (Q3 - Q1), Q1 > 0 ? Q3 * Math.Pow(Q3 / Q1, FarLogFence) : 0);

        private static string Text(double value) => $"toFloat64('{value.ToString("R", CultureInfo.InvariantCulture)}')";
    }
}
