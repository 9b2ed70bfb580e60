namespace Assay.Quality.Rules.Relations;

/// <summary>
/// Asserts that the selected fields hold the same records as those of another container; dataDiff has taken its place.
/// NULL equals NULL.
/// </summary>
internal sealed class IsReplicaOf() : DiffRule(new("isReplicaOf", "Asserts that the selected fields hold the same records as those of another container; dataDiff has taken its place.")
{
    Fields = FieldScope.Multi,
    FieldTypes = Rules.FieldTypes.Any,
    SupportsCoverage = false,
    Anomaly = AnomalyKind.Shape,
    Dimension = ScoreDimension.Conformity,
    Weight = 3,
    InferenceLevel = 4,
    Deprecated = true,
    Nulls = "NULL equals NULL.",
    Properties = Options,
});
