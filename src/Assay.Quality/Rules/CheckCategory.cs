namespace Assay.Quality.Rules;

/// <summary>The categories by which a scan can be restricted.</summary>
public enum CheckCategory
{
    /// <summary>Asserts values: <c>data_integrity</c>.</summary>
    DataIntegrity,

    /// <summary>Asserts measurements of the container that need no reading of rows: <c>metadata</c>.</summary>
    Metadata,
}
