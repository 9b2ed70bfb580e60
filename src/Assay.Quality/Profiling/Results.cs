using System.Globalization;
using System.Text.Json;
using Assay.Engine;

namespace Assay.Quality.Profiling;

/// <summary>Turns what was found of a column into its profile.</summary>
internal static class Results
{
    private const int LeastForNormality = 8, MostForNormality = 5_000;
    private const double ChiSquared99 = 9.210340371976184;

    public static FieldProfile Of(Column c, long rows, long sampled, ILookup<Column, Relation> relations)
    {
        var (deviation, skewness, kurtosis) = c.IsNumber ? Moments.Of(c.Moments, c.Usable) : default;
        var related = relations[c].OrderByDescending(r => Math.Abs(r.Correlation.Correlation)).Take(Relations.MostPerField).ToList();
        return new FieldProfile
        {
            Name = c.Name,
            Type = c.Kind,
            TypeDeclared = !c.Infer,
            Completeness = rows > 0 ? (double)c.Values / rows : null,
            Values = c.Values,
            ApproximateDistinctValues = c.IsGrouped ? c.Distinct : null,
            UniqueDistinctRatio = c.UniqueRatio,
            Min = Exact(c.Min, c),
            Max = Exact(c.Max, c),
            Mean = c.Mean,
            Sum = c.Usable > 0 ? Exact(c.Sum, c) : null,
            StdDev = deviation,
            Median = Quantiles.At(c, 0.5),
            Q1 = Quantiles.At(c, 0.25),
            Q3 = Quantiles.At(c, 0.75),
            Skewness = skewness,
            Kurtosis = kurtosis,
            Entropy = c.Entropy,
            MinLength = c.MinLength,
            MaxLength = c.MaxLength,
            MeanLength = c.MeanLength,
            StdDevLength = c.StdDevLength,
            IsNotNormal = IsNotNormal(c.Usable, skewness, kurtosis),
            Kll = Sketch(c, c.IsCounted ? rows : sampled),
            Histogram = c.Histogram is { } list ? [.. list.Select(v => new HistogramBucket(Shown(v.Value, c), v.Count, (double)v.Count / c.Values))] : null,
            Correlations = [.. related.Select(r => r.Correlation)],
            Regressions = [.. related.Where(r => r.Regression is not null).Select(r => r.Regression!)],
            NotFinite = c.MayBeNotFinite ? c.Values - c.Usable : null,
            Element = c.Element is null ? null : Of(c.Element, c.Element.Values, sampled, relations) with { Completeness = null },
            Message = c.Message ?? c.Note ?? c.Element?.Message ?? c.Element?.Note,
        };
    }

    private static bool? IsNotNormal(long n, double? skewness, double? kurtosis) => n < LeastForNormality || skewness is not { } g1 || kurtosis is not { } g2
        ? null : Math.Min(n, MostForNormality) / 6.0 * (g1 * g1 + g2 * g2 / 4) > ChiSquared99;

    private static DistributionSketch? Sketch(Column c, long sampled)
    {
        if (c.Quantiles is not { } quantiles || c.MinReal is not { } low || c.MaxReal is not { } high) return null;
        IReadOnlyList<DistributionBucket> buckets = Buckets.Width(c) is { } width && c.Buckets is { } counts
            ? [.. counts.Select((count, i) => new DistributionBucket(low + i * width, i == counts.Length - 1 ? high : low + (i + 1) * width, count))]
            : [new DistributionBucket(low, high, c.Usable)];
        return new DistributionSketch(buckets, Quantiles.Levels, quantiles, sampled);
    }

    /// <summary>A number with all its digits, or a time.</summary>
    private static JsonElement? Exact(object? value, Column c) => value switch
    {
        null => null,
        double or float => Cells.Real(value) is { } real ? JsonSerializer.SerializeToElement(real) : null,
        DateOnly day => JsonSerializer.SerializeToElement(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        DateTimeOffset time => JsonSerializer.SerializeToElement(time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture)),
        EngineTimestamp time => JsonSerializer.SerializeToElement(time.ToString()),
        string text => JsonSerializer.SerializeToElement(c.IsTime ? TimeText.Iso(text) : text),
        IFormattable number => JsonElement.Parse(number.ToString(null, CultureInfo.InvariantCulture)),
        _ => null,
    };

    private static string Shown(string value, Column c) => c.IsTime ? TimeText.Iso(value)
        : c.IsText && value.Length >= Groups.ShownCharacters && c.MaxLength > Groups.ShownCharacters ? value + "…" : value;
}
