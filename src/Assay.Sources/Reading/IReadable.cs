using Assay.Sources.Contract;

namespace Assay.Sources.Reading;

/// <summary>A connector whose containers the engine can read.</summary>
public interface IReadable : IConnector
{
    /// <summary>Whether the source itself leaves out rows for <see cref="ContainerRead.Share"/>, so that they need not travel.</summary>
    bool CanSample => false;

    /// <summary>Counts the rows of a container or a query at the source; null where the source cannot without sending them. Only for connectors that <see cref="CanSample"/>.</summary>
    /// <exception cref="SourceException">The source refused, or took too long.</exception>
    Task<long?> CountAsync(SourceTarget target, ContainerRead read, CancellationToken cancel) => Task.FromResult<long?>(null);

    /// <summary>
    /// Whether <see cref="ContainerRead.PartitionColumn"/> tells the partition of every row of a partitioned table, of partitions too that
    /// came after the last sync. Where it does not, a table is read as a whole.
    /// </summary>
    bool TellsPartitions => false;

    /// <summary>Whether a user's own SELECT can be read (<see cref="ContainerRead.Query"/>).</summary>
    bool CanQuery => false;

    /// <summary>The columns of a SELECT in the source's own SQL, without running it.</summary>
    /// <exception cref="SourceException">The query is no single SELECT that the source understands; the message is safe to show.</exception>
    Task<IReadOnlyList<FieldStructure>> DescribeQueryAsync(SourceTarget target, string query, CancellationToken cancel) => throw new SourceException(
        new SourceFault(SourceFaultCode.Unsupported, "read query", $"Queries on {Spec.Type} datastores cannot be read yet."));

    /// <summary>
    /// Prepares the reading of a container: signs in where the engine needs temporary keys, finds out which files are meant. The rows
    /// themselves flow only when a statement is run on the opened source.
    /// </summary>
    /// <exception cref="SourceException">The container cannot be read; the message is safe to show.</exception>
    Task<EngineSource> DescribeReadAsync(SourceTarget target, ContainerRead read, CancellationToken cancel);
}
