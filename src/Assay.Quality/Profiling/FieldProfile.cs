using System.Text.Json;
using Assay.Quality.Scanning;

namespace Assay.Quality.Profiling;

/// <summary>
/// What is known of a field's values. Members that do not apply to its type, or that could not be computed, are null. All figures are
/// over the rows that were read.
/// </summary>
public sealed record FieldProfile
{
    public required string Name { get; init; }
    public required FieldKind Type { get; init; }
    /// <summary>True where the source declares the type, false where it was found by looking at the values.</summary>
    public required bool TypeDeclared { get; init; }
    /// <summary>Non-null values / rows, 0 to 1; null without rows.</summary>
    public double? Completeness { get; init; }
    /// <summary>Non-null values.</summary>
    public long? Values { get; init; }
    /// <summary>
    /// Distinct non-null values: exact up to 65,536, above that HyperLogLog with 2^15 registers, whose standard error is
    /// 1.04 / √2^15 = 0.6 % (Flajolet et al., 2007).
    /// </summary>
    public long? ApproximateDistinctValues { get; init; }
    /// <summary>
    /// Values that occur exactly once / distinct values, as Deequ's UniqueValueRatio. Exact up to 65,536 distinct values; above, over the
    /// values of one in so many hashes that about 65,536 remain: standard error 0.2 %.
    /// </summary>
    public double? UniqueDistinctRatio { get; init; }
    /// <summary>Smallest finite value: a number, exact to the last digit, or a time in ISO 8601.</summary>
    public JsonElement? Min { get; init; }
    public JsonElement? Max { get; init; }
    /// <summary>Arithmetic mean of the finite values.</summary>
    public double? Mean { get; init; }
    /// <summary>Exact for integers and decimals; for floating point numbers summed with Kahan's compensation.</summary>
    public JsonElement? Sum { get; init; }
    /// <summary>Population standard deviation √m2, with central moments m_k = Σ(x - mean)^k / n.</summary>
    public double? StdDev { get; init; }
    /// <summary>Linear interpolation between the nearest ranks (Hyndman and Fan's type 7).</summary>
    public double? Median { get; init; }
    public double? Q1 { get; init; }
    public double? Q3 { get; init; }
    /// <summary>g1 = m3 / m2^1.5; null where all values are equal.</summary>
    public double? Skewness { get; init; }
    /// <summary>Excess kurtosis g2 = m4 / m2² - 3, which is 0 for a normal distribution; null where all values are equal.</summary>
    public double? Kurtosis { get; init; }
    /// <summary>
    /// Shannon entropy -Σ p ln p over the distinct values, in nats (as Deequ's Entropy). Exact up to 65,536 distinct values; above,
    /// estimated over one in so many hashes.
    /// </summary>
    public double? Entropy { get; init; }
    /// <summary>Length of texts in characters, of arrays in elements.</summary>
    public long? MinLength { get; init; }
    public long? MaxLength { get; init; }
    public double? MeanLength { get; init; }
    public double? StdDevLength { get; init; }
    /// <summary>
    /// Whether the Jarque-Bera statistic n/6 · (g1² + g2²/4) exceeds 9.21, the 99 % quantile of χ² with 2 degrees of freedom (Jarque and
    /// Bera, 1980). n counts as 5,000 at most: beyond, any deviation however slight would show. Null below 8 values.
    /// </summary>
    public bool? IsNotNormal { get; init; }
    /// <summary>Values between the smallest and the largest in parts of equal width.</summary>
    public DistributionSketch? Kll { get; init; }
    /// <summary>Every distinct value with its count, most frequent first; null where there are more than were asked for.</summary>
    public IReadOnlyList<HistogramBucket>? Histogram { get; init; }
    public IReadOnlyList<FieldCorrelation> Correlations { get; init; } = [];
    public IReadOnlyList<FieldRegression> Regressions { get; init; } = [];
    /// <summary>NaN and infinities of numbers, infinities of times: left out of all figures but completeness and distinct values.</summary>
    public long? NotFinite { get; init; }
    /// <summary>For arrays, the profile of all their elements together.</summary>
    public FieldProfile? Element { get; init; }
    /// <summary>For structs the profiles of their members, for arrays of structs those of arrays of each member; named by their path.</summary>
    public IReadOnlyList<FieldProfile> SubFields { get; init; } = [];
    /// <summary>What could not be computed, in plain words; null where all was.</summary>
    public string? Message { get; init; }
}

/// <summary>A value and how often it occurs.</summary>
/// <param name="Ratio">Count / non-null values.</param>
public sealed record HistogramBucket(string Value, long Count, double Ratio);

/// <param name="Low">Lower bound; the last part includes its upper bound, the others do not.</param>
public sealed record DistributionBucket(double Low, double High, long Count);

/// <summary>A distribution: counts in parts of equal width, and quantiles.</summary>
/// <param name="Buckets">Exact counts up to 262,144 rows; above, estimated on half to all of so many: standard error at most 0.14 % of all values.</param>
/// <param name="Levels">Shares of the values, 0 to 1.</param>
/// <param name="Quantiles">The value below which each of these shares lies.</param>
/// <param name="Rows">Rows that they were computed on.</param>
public sealed record DistributionSketch(IReadOnlyList<DistributionBucket> Buckets, IReadOnlyList<double> Levels, IReadOnlyList<double> Quantiles, long Rows);

/// <summary>Pearson's correlation with another numeric field over the rows where both have a value.</summary>
public sealed record FieldCorrelation(string Field, double Correlation);

/// <summary>Least squares: this field ≈ intercept + coefficient · other field.</summary>
/// <param name="R2">Share of the variance that the model explains.</param>
/// <param name="RootMeanSquaredError">√(Σ residual² / n).</param>
public sealed record FieldRegression(string Field, double Intercept, double Coefficient, double R2, double RootMeanSquaredError);

/// <summary>The profile of all fields of a container.</summary>
/// <param name="Read">Rows that were read.</param>
/// <param name="Rows">Rows that the figures are over: fewer where a sample was taken.</param>
public sealed record ContainerFields(long Read, long Rows, IReadOnlyList<FieldProfile> Fields)
{
    /// <summary>How many of the rows are of which partition, by name; null where that is not told.</summary>
    public IReadOnlyList<PartitionRecords>? Partitions { get; init; }
}
