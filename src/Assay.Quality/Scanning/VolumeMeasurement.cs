namespace Assay.Quality.Scanning;

/// <summary>How much a container held.</summary>
/// <param name="Time">When it was measured.</param>
/// <param name="Value">Rows, or bytes.</param>
public sealed record VolumeMeasurement(DateTimeOffset Time, decimal Value);
