namespace Assay.Quality.Rules.Relations;

/// <summary>
/// Asserts that the selected fields hold the same records as those of another container.
/// NULL equals NULL.
/// </summary>
internal sealed class DataDiff() : DiffRule(new("dataDiff", "Asserts that the selected fields hold the same records as those of another container.")
{
    Fields = FieldScope.Multi,
    FieldTypes = Rules.FieldTypes.Any,
    SupportsCoverage = false,
    Anomaly = AnomalyKind.Shape,
    Dimension = ScoreDimension.Conformity,
    Weight = 3,
    InferenceLevel = 4,
    Nulls = "NULL equals NULL.",
    Properties = Options,
});
