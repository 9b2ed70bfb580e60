using System.ComponentModel;
using Assay.Server.Tags;

namespace Assay.Server.Containers;

/// <summary>A part of a container that can be read alone.</summary>
/// <param name="Location">Where it lies: a file's path, or a table's qualified name.</param>
/// <param name="PartitionSize">Bytes, where known.</param>
/// <param name="LastModified">The latest change of a file.</param>
internal sealed record PartitionView(long Id, DateTime Created, string Name, string? Location, long? PartitionSize, DateTime? LastModified, long ContainerId)
{
    [Description("Lowest value of a numeric incremental field in it; null where it is not known.")]
    public double? MinOffset { get; init; }
    public double? MaxOffset { get; init; }
    [Description("Earliest value of the incremental identifier in it; that of a file is its time of change. Null where it is not known.")]
    public DateTime? MinTime { get; init; }
    public DateTime? MaxTime { get; init; }
    [Description("Its own tags and those of its container and datastore.")]
    public required IReadOnlyList<TagView> GlobalTags { get; init; }
    public IReadOnlyList<object> Comments { get; } = [];
    [Description("Anomalies in it that are active.")]
    public long NumActive { get; init; }
    public long NumInvalid { get; init; }
    public long NumAcknowledged { get; init; }
    public long NumResolved { get; init; }
}
