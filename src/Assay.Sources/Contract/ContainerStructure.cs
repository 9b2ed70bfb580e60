namespace Assay.Sources.Contract;

public enum ContainerKind { Table, View, MaterializedView, ForeignTable, File }

/// <summary>The platform's field types; names are the contract's.</summary>
public enum FieldType { Unknown, Integral, Fractional, Boolean, String, Date, Timestamp, Array, Struct }

/// <summary>How far a row count can be trusted.</summary>
public enum CountQuality { Unknown, Estimate, Exact }

/// <summary>One table, view or file group as its source describes it.</summary>
public sealed record ContainerStructure
{
    /// <summary>The name exactly as the source spells it; compared ordinally.</summary>
    public required string Name { get; init; }
    public required ContainerKind Kind { get; init; }
    public string? Remarks { get; init; }
    /// <summary>Rows as far as the catalogue knows; null where it does not (an unanalysed table is unknown, not empty).</summary>
    public long? Rows { get; init; }
    public CountQuality RowsQuality { get; init; } = CountQuality.Unknown;
    public IReadOnlyList<FieldStructure> Fields { get; init; } = [];
    /// <summary>Fields that it has beside these and that must not be read: they take up a place in files without a header.</summary>
    public IReadOnlyList<FieldStructure> Excluded { get; init; } = [];
    public IReadOnlyList<KeyStructure> Keys { get; init; } = [];
    public IReadOnlyList<PartitionStructure> Partitions { get; init; } = [];
    /// <summary>For file containers: how the files are read.</summary>
    public FileStructure? File { get; init; }
    /// <summary>Set where the container exists but its structure could not be read; the rest of the listing still counts.</summary>
    public SourceFault? Problem { get; init; }
    /// <summary>What is odd about a container that can be read all the same, such as one broken file among many; for the operation's log.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}

/// <param name="Type">The platform's type; <paramref name="NativeType"/> is the source's own spelling.</param>
/// <param name="Size">Length of text or precision of numbers, where the source declares one.</param>
/// <param name="Digits">Digits after the point, where the source declares them.</param>
public sealed record FieldStructure(
    string Name, int Ordinal, FieldType Type, string NativeType, bool? Nullable,
    int? Size = null, int? Digits = null, string? Remarks = null)
{
    /// <summary>For arrays the type of the elements; null otherwise.</summary>
    public FieldType? ElementType { get; init; }
}

public enum KeyKind { Primary, Unique, Foreign }

/// <summary>A declared key. For foreign keys the referenced container and fields are set.</summary>
public sealed record KeyStructure(KeyKind Kind, string Name, IReadOnlyList<string> Fields)
{
    public string? ReferencedSchema { get; init; }
    public string? ReferencedContainer { get; init; }
    public IReadOnlyList<string> ReferencedFields { get; init; } = [];
}

/// <summary>A part of a container that can be read alone: a file, or a child partition of a table.</summary>
/// <param name="Size">Bytes, where known.</param>
public sealed record PartitionStructure(string Name, string? Location, long? Size, DateTimeOffset? Modified);

/// <summary>How the files of a container are read.</summary>
/// <param name="Format">csv, tsv, json, parquet, avro, orc, delta, iceberg, xlsx, ...</param>
/// <param name="Pattern">The glob under the root path that names all files of the container.</param>
public sealed record FileStructure(string Format, string Pattern, string RelativePath, string Extension)
{
    public bool? HasHeader { get; init; }
    public string? Delimiter { get; init; }
    public string? EscapeCharacter { get; init; }
    public string? Compression { get; init; }
    public string? JsonFormat { get; init; }
    public string? Encoding { get; init; }
}
