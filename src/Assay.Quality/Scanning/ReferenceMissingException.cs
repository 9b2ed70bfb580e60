namespace Assay.Quality.Scanning;

/// <summary>A check refers to a container that the scan was not given, because it is gone or could not be read.</summary>
internal sealed class ReferenceMissingException() : Exception("The referenced container could not be read.");
