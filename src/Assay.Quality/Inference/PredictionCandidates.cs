using System.Globalization;

namespace Assay.Quality.Inference;

/// <summary>Fields that a straight line over another field predicts almost exactly.</summary>
internal static class PredictionCandidates
{
    private const double LeastR2 = 0.995;

    /// <summary>More that lies six standard errors off is not wrong: it does not spread as errors do.</summary>
    private const double MostExceptions = 0.001;

    public static Task<IReadOnlyList<Candidate>> OfAsync(TrainingRows training, CancellationToken cancellation)
    {
        List<Candidate> candidates = [];
        var predicted = new HashSet<(string, string)>();
        foreach (var field in training.Profiles.Where(training.HasEvidence))
        {
            if (field.Regressions.Where(r => training.All.Has(r.Field)).MaxBy(r => r.R2) is not { } line || line.R2 < LeastR2 || line.R2 >= 1 - 1e-12 && line.Coefficient == 1 && line.Intercept == 0) continue;
            // One direction is enough.
            if (predicted.Contains((line.Field, field.Name))) continue;
            predicted.Add((field.Name, line.Field));
            var expression = $"{Text(line.Coefficient)} * {SparkName.Quote(line.Field)} + {Text(line.Intercept)}";
            var tolerance = Math.Max(6 * line.RootMeanSquaredError, 1e-6 * Math.Abs(field.StdDev ?? 1));
            candidates.Add(Candidate.Of("predictedBy", 4, $"{field.Name} follows {line.Field} on a straight line (r² {line.R2.ToString("F4", CultureInfo.InvariantCulture)})", [field.Name],
                ("expression", expression), ("tolerance", (decimal)double.Parse(tolerance.ToString("G6", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture))) with
            { Allowed = training.Tolerance > 0 ? MostExceptions : 0 });
        }

        return Task.FromResult<IReadOnlyList<Candidate>>(candidates);
    }

    private static string Text(double value) => $"{value.ToString("E10", CultureInfo.InvariantCulture)}D".Replace("E+", "E", StringComparison.Ordinal);
}
