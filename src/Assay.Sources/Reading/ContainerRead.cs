using Assay.Sources.Contract;

namespace Assay.Sources.Reading;

/// <summary>What is to be read of a container. Everything but the container is a restriction that the source applies, not the reader.</summary>
public sealed record ContainerRead
{
    /// <summary>The container as the last sync knew it: its name, its fields with their types, and for files how they are read.</summary>
    public required ContainerStructure Container { get; init; }

    /// <summary>Names of the fields to read, in this order; null for all. A field that is not among the container's is refused.</summary>
    public IReadOnlyList<string>? Columns { get; init; }

    /// <summary>
    /// Names of the partitions to read (<see cref="PartitionStructure.Name"/>); null for all that the source has now, including
    /// files that came after the last sync.
    /// </summary>
    public IReadOnlyList<string>? Partitions { get; init; }

    /// <summary>Read only what came after this; null for everything.</summary>
    public IncrementalBound? After { get; init; }

    /// <summary>Read no more rows than this, whichever come first; null for all.</summary>
    public long? RowLimit { get; init; }

    /// <summary>Read what this SELECT in the source's own SQL gives, instead of the container; only for connectors that <see cref="IReadable.CanQuery"/>.</summary>
    public string? Query { get; init; }

    /// <summary>
    /// Read about this share of the rows, 0 to 1, spread over all of them; null for all. Only for connectors that
    /// <see cref="IReadable.CanSample"/>; others read every row.
    /// </summary>
    public double? Share { get; init; }

    /// <summary>
    /// Leave the values of schemaless files (delimited text, workbooks) as text instead of reading them as the types that were
    /// inferred. A typed read ends with an error at the first value that is not of its field's type.
    /// </summary>
    public bool Text { get; init; }

    /// <summary>What empty cells of text fields are in delimited files and workbooks.</summary>
    public EmptyCells Empty { get; init; }

    /// <summary>The name of an additional last column that tells the partition each row came from; null for none.</summary>
    public string? PartitionColumn { get; init; }
}

/// <summary>What an empty cell of a text field is. Of all other fields it is NULL.</summary>
public enum EmptyCells
{
    /// <summary>In quotes an empty text, else NULL.</summary>
    AsWritten,

    /// <summary>NULL.</summary>
    Null,

    /// <summary>An empty text.</summary>
    Text,
}

/// <summary>Where an incremental read goes on. One of the two is set.</summary>
/// <param name="Field">For tables: rows whose value in this field is greater than <paramref name="Value"/>.</param>
/// <param name="Value">A number, a <see cref="DateTimeOffset"/> or a <see cref="DateOnly"/>.</param>
/// <param name="Modified">For files: those that were modified after this time.</param>
public sealed record IncrementalBound(string? Field = null, object? Value = null, DateTimeOffset? Modified = null);
