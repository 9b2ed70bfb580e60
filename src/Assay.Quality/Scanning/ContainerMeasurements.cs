namespace Assay.Quality.Scanning;

/// <summary>What is known about a container besides its rows. Null everywhere means that it is not known: the check is not asserted.</summary>
public sealed record ContainerMeasurements
{
    /// <summary>Nothing known.</summary>
    public static ContainerMeasurements None { get; } = new();

    /// <summary>The fields that the container has now, for <c>expectedSchema</c> and <c>fieldCount</c>.</summary>
    public IReadOnlyList<ContainerField>? Fields { get; init; }

    /// <summary>The types that fields had when a check was made, by name; for <c>expectedSchema</c>.</summary>
    public IReadOnlyDictionary<string, FieldType> ExpectedTypes { get; init; } = new Dictionary<string, FieldType>();

    /// <summary>When the container last changed, for <c>freshness</c>.</summary>
    public DateTimeOffset? LastModified { get; init; }

    /// <summary>Now, for <c>freshness</c> and <c>notFuture</c>.</summary>
    public DateTimeOffset Now { get; init; } = DateTimeOffset.UnixEpoch;

    /// <summary>Volumes over time, for <c>volumetric</c>: rows, or bytes where rows are not known. The latest is the one asserted.</summary>
    public IReadOnlyList<VolumeMeasurement> Volumes { get; init; } = [];

    /// <summary>The previous measurement of each <c>metric</c> check, by the check's id.</summary>
    public IReadOnlyDictionary<long, decimal> LastValues { get; init; } = new Dictionary<long, decimal>();
}
