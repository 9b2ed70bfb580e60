namespace Assay.Quality.Rules;

/// <summary>The dimension of the quality score that a rule's anomalies lower. Every rule on data lowers accuracy as well.</summary>
public enum ScoreDimension
{
    Accuracy,
    Conformity,
    Precision,
    Timeliness,
    Volumetrics,
}
