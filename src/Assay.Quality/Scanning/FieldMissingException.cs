namespace Assay.Quality.Scanning;

/// <summary>A check names a field that the container does not have any more.</summary>
internal sealed class FieldMissingException(string field) : Exception($"The container has no field '{field}'.");
