using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Assay.Server.Containers;

/// <summary>A table, view or group of files of a datastore. Its identity is its name: it survives disappearing and coming back.</summary>
internal sealed class Container
{
    public long Id { get; init; }
    public long DatastoreId { get; init; }
    /// <summary>Exactly as the source spells it; compared ordinally.</summary>
    public required string Name { get; set { field = value; NameKey = value.ToLowerInvariant(); } }
    /// <summary>The name in lower case, for search.</summary>
    public string NameKey { get; private set; } = "";
    /// <summary><c>table</c>, <c>file</c>, <c>computed_table</c>, <c>computed_file</c> or <c>computed_join</c>.</summary>
    public required string ContainerType { get; init; }
    /// <summary>For tables <c>table</c>, <c>view</c>, <c>materialized_view</c> or <c>foreign_table</c>.</summary>
    public string? TableType { get; set; }
    public string? Description { get; set; }
    /// <summary>The source's own comment.</summary>
    public string? Remarks { get; set; }
    /// <summary>Rows as last known; null where nothing was ever known. <see cref="RecordsQuality"/> says how far to trust it.</summary>
    public long? Records { get; set; }
    /// <summary><c>exact</c>, <c>estimate</c> or <c>unknown</c>.</summary>
    public string RecordsQuality { get; set; } = RecordsKnown.Unknown;
    public long FieldCount { get; set; }
    /// <summary>A hash of all that the source says of the container and its fields: an unchanged one needs no look at its fields.</summary>
    public string Fingerprint { get; set; } = "";
    /// <summary><c>available</c>, <c>changed</c>, <c>inaccessible</c> or <c>unloadable</c>.</summary>
    public string SyncState { get; set; } = "available";
    /// <summary>Why the structure could not be read, in plain words; null when all is well.</summary>
    public string? Problem { get; set; }
    public string? PartitionField { get; set; }
    public string? IncrementalFieldName { get; set; }
    public string? IncrementalIdentifierType { get; set; }
    /// <summary>Which of the above a user chose, each name followed by a comma: syncs leave those alone. For files see <see cref="FileSettings"/>.</summary>
    public string UserSettings { get; set; } = "";
    /// <summary>Whether types are sought in the values of texts; of files without declared types <see cref="FileSettings"/> say so instead.</summary>
    public bool InferDatatypes { get; set; }
    /// <summary>For files of text: whether an empty cell is a missing value and not an empty text.</summary>
    public bool TreatEmptyAsNull { get; set; } = true;
    /// <summary>Lists of field names as JSON; null for none.</summary>
    public string? GroupByFields { get; set; }
    public bool VolumetricTrackingEnabled { get; set; }
    public bool FreshnessTrackingEnabled { get; set; }
    /// <summary>Declared keys as JSON.</summary>
    public string Keys { get; set; } = "[]";
    /// <summary>For file containers how they are read, as JSON; null for tables.</summary>
    public string? File { get; set; }
    public string? AdditionalMetadata { get; set; }
    /// <summary>For computed containers what they are computed from, as JSON.</summary>
    public string? Definition { get; set; }
    /// <summary>Its latest successful profile, when that was, and the mean completeness of its fields then.</summary>
    public long? LatestProfileId { get; set; }
    public DateTime? LastProfiled { get; set; }
    public double? Completeness { get; set; }
    public DateTime Created { get; init; }
    public DateTime Updated { get; set; }
    public DateTime? DeletedAt { get; set; }
    /// <summary>True where a user deleted it: only <c>recreate</c> brings it back.</summary>
    public bool DeletedByUser { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<Container>
    {
        public void Configure(EntityTypeBuilder<Container> builder) => builder.ToTable("containers").HasKey(c => c.Id);
    }
}

/// <summary>A part of a container that can be read alone: a file, or a child partition of a table.</summary>
internal sealed class Partition
{
    public long Id { get; init; }
    public long ContainerId { get; init; }
    public required string Name { get; init; }
    public string? Location { get; set; }
    /// <summary>Bytes.</summary>
    public long? PartitionSize { get; set; }
    public DateTime? Modified { get; set; }
    public DateTime Created { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<Partition>
    {
        public void Configure(EntityTypeBuilder<Partition> builder) => builder.ToTable("partitions").HasKey(p => p.Id);
    }
}
