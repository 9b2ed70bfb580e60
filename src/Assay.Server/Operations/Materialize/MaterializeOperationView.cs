namespace Assay.Server.Operations.Materialize;

/// <summary>Copies of containers: what was asked for, and what became of each.</summary>
internal sealed record MaterializeOperationView : OperationView
{
    private MaterializeOperationView(OperationView common) : base(common)
    {
    }

    /// <summary>Records copied of each partition at most; -1 for all.</summary>
    public required long MaxRecordsPerPartition { get; init; }
    /// <summary>Whether values of masked fields were copied as they are.</summary>
    public required bool IncludeMasked { get; init; }
    /// <summary>The containers whose latest copy is this operation's.</summary>
    public required IReadOnlyList<ContainerCopyView> ContainerCopies { get; init; }

    public static MaterializeOperationView Of(OperationView common, MaterializeSettings settings, OperationParts parts) =>
        new(common with { Tags = settings.ContainerTags, Containers = parts.Named(common.Datastore.Id, settings.ContainerNames) })
        {
            MaxRecordsPerPartition = settings.MaxRecordsPerPartition,
            IncludeMasked = settings.IncludeMasked,
            ContainerCopies = [.. parts.Copies[common.Id]],
        };
}

/// <summary>A container's copy.</summary>
/// <param name="Table">Its name in the enrichment store; null where it could not be begun.</param>
/// <param name="Result"><c>running</c>, <c>success</c>, <c>failure</c> or <c>aborted</c>.</param>
/// <param name="Message">Why it failed; null where it did not.</param>
internal sealed record ContainerCopyView(
    OperationContainer Container, string? Table, long RecordsProcessed, string Result, string? Message, DateTime StartTime, DateTime? EndTime);
