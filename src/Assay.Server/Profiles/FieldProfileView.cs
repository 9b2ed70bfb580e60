using System.ComponentModel;
using System.Text.Json;
using Assay.Quality.Profiling;
using Assay.Server.Web;

namespace Assay.Server.Profiles;

/// <summary>What one operation found of a field. Members that do not apply to its type are null.</summary>
internal sealed record FieldProfileView
{
    public required long Id { get; init; }
    public required DateTime Created { get; init; }
    public required string Name { get; init; }
    public required long FieldId { get; init; }
    public required long ContainerProfileId { get; init; }
    public required long ContainerId { get; init; }
    [Description("The type at that time: Integral, Fractional, Boolean, String, Date, Timestamp, Array, Struct or Unknown.")]
    public required string FieldType { get; init; }
    [Description("True where the source declares the type, false where it was found in the values.")]
    public required bool TypeDeclared { get; init; }
    [Description("Non-null values / rows read, 0 to 1; null without rows.")]
    public required double? Completeness { get; init; }
    [Description("Exact up to 65,536; above, estimated with a standard error of 0.6 %.")]
    public required long? ApproximateDistinctValues { get; init; }
    [Description("Values that occur once / distinct values.")]
    public required double? UniqueDistinctRatio { get; init; }
    [Description("Smallest finite value: a number with all its digits, or a time in ISO 8601. Null for masked fields, as all figures of their values are.")]
    public required JsonElement? Min { get; init; }
    public required JsonElement? Max { get; init; }
    public required double? Mean { get; init; }
    [Description("Exact for integers and decimals.")]
    public required JsonElement? Sum { get; init; }
    [Description("Population standard deviation.")]
    public required double? StdDev { get; init; }
    public required double? Median { get; init; }
    public required double? Q1 { get; init; }
    public required double? Q3 { get; init; }
    public required double? Skewness { get; init; }
    [Description("Excess kurtosis: 0 for a normal distribution.")]
    public required double? Kurtosis { get; init; }
    [Description("Shannon entropy of the values in nats.")]
    public required double? Entropy { get; init; }
    [Description("Length of texts in characters, of arrays in elements.")]
    public required long? MinLength { get; init; }
    public required long? MaxLength { get; init; }
    public required double? MeanLength { get; init; }
    public required double? StdDevLength { get; init; }
    [Description("Whether a Jarque-Bera test at 1 % says that the numbers are not normally distributed.")]
    public required bool? IsNotNormal { get; init; }
    [Description("NaN and infinities, which all other figures but completeness leave out.")]
    public required long? NotFinite { get; init; }
    [Description("The distribution of numbers; null for masked fields.")]
    public required KllView? Kll { get; init; }
    [Description("Every distinct value with its count, most frequent first; empty where there are too many, and for masked fields.")]
    public required IReadOnlyList<HistogramBucketView> HistogramBuckets { get; init; }
    [Description("The same as two lists; null where there is no histogram.")]
    public required HistogramView? Histogram { get; init; }
    public required IReadOnlyList<CorrelationView> FieldCorrelations { get; init; }
    public required IReadOnlyList<RegressionView> RegressionModels { get; init; }
    [Description("For arrays, the profile of all their elements together, in the same terms.")]
    public required ElementProfileView? Element { get; init; }
    [Description("For structs the profiles of their members, for arrays of structs those of arrays of each member; named by their path.")]
    public required IReadOnlyList<ElementProfileView> SubFields { get; init; }
    [Description("Active checks that are about the field now.")]
    public long QualityCheckCount { get; init; }
    [Description("Open anomalies of checks that are about the field.")]
    public long AnomalyCount { get; init; }
    [Description("What could not be computed; null where all was.")]
    public required string? Message { get; init; }

    /// <param name="siblings">Ids of the profiles of the same container at the same time, by field.</param>
    /// <param name="masked">Names of the container's fields whose values may not be shown now.</param>
    public static FieldProfileView Of(FieldProfileRow row, IReadOnlyDictionary<string, long> siblings, IReadOnlySet<string> masked)
    {
        var found = MaskedProfile.Of(JsonSerializer.Deserialize<FieldProfile>(row.Metrics, Json.Options)!, row.Name, masked);
        ProfileStub Stub(string name) => new(siblings.GetValueOrDefault(name), name);
        return new FieldProfileView
        {
            Id = row.Id,
            Created = row.Created,
            Name = row.Name,
            FieldId = row.FieldId,
            ContainerProfileId = row.ContainerProfileId,
            ContainerId = row.ContainerId,
            FieldType = row.FieldType,
            TypeDeclared = found.TypeDeclared,
            Completeness = found.Completeness,
            ApproximateDistinctValues = found.ApproximateDistinctValues,
            UniqueDistinctRatio = found.UniqueDistinctRatio,
            Min = found.Min,
            Max = found.Max,
            Mean = found.Mean,
            Sum = found.Sum,
            StdDev = found.StdDev,
            Median = found.Median,
            Q1 = found.Q1,
            Q3 = found.Q3,
            Skewness = found.Skewness,
            Kurtosis = found.Kurtosis,
            Entropy = found.Entropy,
            MinLength = found.MinLength,
            MaxLength = found.MaxLength,
            MeanLength = found.MeanLength,
            StdDevLength = found.StdDevLength,
            IsNotNormal = found.IsNotNormal,
            NotFinite = found.NotFinite,
            Kll = found.Kll is { } sketch ? KllView.Of(row, sketch) : null,
            HistogramBuckets = [.. (found.Histogram ?? []).Select((b, i) => new HistogramBucketView(i + 1, row.Created, b.Value, b.Count, b.Ratio))],
            Histogram = found.Histogram is { } list ? new HistogramView([.. list.Select(b => b.Value)], [.. list.Select(b => b.Count)]) : null,
            FieldCorrelations = [.. found.Correlations.Select((c, i) => new CorrelationView(i + 1, row.Created, Stub(c.Field), c.Correlation))],
            RegressionModels = [.. found.Regressions.Select((r, i) =>
                new RegressionView(i + 1, row.Created, r.Intercept, r.R2, r.RootMeanSquaredError, [new RegressionFeature(Stub(r.Field), r.Coefficient)]))],
            Element = found.Element is { } element ? ElementProfileView.Of(element) : null,
            SubFields = [.. found.SubFields.Select(ElementProfileView.Of)],
            Message = found.Message,
        };
    }
}

/// <summary>A distribution of numbers.</summary>
/// <param name="Buckets">A hundred parts of equal width from the smallest to the largest value; the counts are exact up to 262,144 rows, estimated on a sample beyond.</param>
internal sealed record KllView(long Id, DateTime Created, IReadOnlyList<DistributionBucket> Buckets, KllSketchView Sketch)
{
    public static KllView Of(FieldProfileRow row, DistributionSketch sketch) =>
        new(row.Id, row.Created, sketch.Buckets, new KllSketchView([sketch.Quantiles], sketch.Levels, sketch.Rows));
}

/// <summary>Quantiles of a distribution.</summary>
/// <param name="Data">One list: the values at the levels.</param>
/// <param name="Parameters">The levels, 0 to 1.</param>
/// <param name="High">Rows that the quantiles were computed on.</param>
internal sealed record KllSketchView(IReadOnlyList<IReadOnlyList<double>> Data, IReadOnlyList<double> Parameters, long High);

/// <param name="Ratio">Count / non-null values.</param>
internal sealed record HistogramBucketView(long Id, DateTime Created, string Value, long Count, double Ratio);

/// <param name="Labels">The values.</param>
/// <param name="Data">Their counts.</param>
internal sealed record HistogramView(IReadOnlyList<string> Labels, IReadOnlyList<long> Data);

/// <summary>A field's profile in short.</summary>
internal sealed record ProfileStub(long Id, string Name);

internal sealed record CorrelationView(long Id, DateTime Created, ProfileStub CorrelatedFieldProfile, double BivariateCorrelation);

/// <summary>The field as a linear function of others.</summary>
internal sealed record RegressionView(long Id, DateTime Created, double Intercept, double R2, double RootMeanSquaredError, IReadOnlyList<RegressionFeature> Features);

internal sealed record RegressionFeature(ProfileStub FieldProfile, double Coefficient);
