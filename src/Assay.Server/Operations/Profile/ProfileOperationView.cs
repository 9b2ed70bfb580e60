using Assay.Server.Profiles;

namespace Assay.Server.Operations.Profile;

/// <summary>A profile: what was asked for, and what became of each container.</summary>
internal sealed record ProfileOperationView : OperationView
{
    private ProfileOperationView(OperationView common) : base(common)
    {
    }

    /// <summary>off, low, medium, high, xhigh or max.</summary>
    public required string AiEffort { get; init; }
    /// <summary>The same as a number, 0 to 5.</summary>
    public required int InferenceThreshold { get; init; }
    public required bool InferAsDraft { get; init; }
    /// <summary>Rows read of each partition at most; -1 for all.</summary>
    public required long MaxRecordsAnalyzedPerPartition { get; init; }
    public required int MaxCountTestingSample { get; init; }
    public required double PercentTestingThreshold { get; init; }
    public required double HighCorrelationThreshold { get; init; }
    public required int HistogramMaxDistinctValues { get; init; }
    public required DateTime? GreaterThanTime { get; init; }
    public required double? GreaterThanBatch { get; init; }
    /// <summary>The containers that are done with.</summary>
    public required IReadOnlyList<ContainerProfileView> ContainerProfiles { get; init; }

    public static ProfileOperationView Of(OperationView common, ProfileSettings settings, OperationParts parts) =>
        new(common with { Tags = settings.ContainerTags, Containers = parts.Named(common.Datastore.Id, settings.ContainerNames) })
        {
            AiEffort = settings.AiEffort,
            InferenceThreshold = settings.InferenceThreshold,
            InferAsDraft = settings.InferAsDraft,
            MaxRecordsAnalyzedPerPartition = settings.MaxRecordsAnalyzedPerPartition,
            MaxCountTestingSample = settings.MaxCountTestingSample,
            PercentTestingThreshold = settings.PercentTestingThreshold,
            HighCorrelationThreshold = settings.HighCorrelationThreshold,
            HistogramMaxDistinctValues = settings.HistogramMaxDistinctValues,
            GreaterThanTime = settings.GreaterThanTime,
            GreaterThanBatch = settings.GreaterThanBatch,
            ContainerProfiles = [.. parts.Profiles[common.Id]],
        };
}
