using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;

namespace Assay.Server.Profiles;

/// <summary>A container's profile with the partitions that it read, and those of its fields in short.</summary>
internal sealed record ContainerProfileDetail : ContainerProfileView
{
    [SetsRequiredMembers]
    public ContainerProfileDetail(ContainerProfileView profile, IReadOnlyList<ProfiledPartition> partitions, IReadOnlyList<FieldProfileStub> fields) : base(profile) =>
        (Partitions, FieldProfiles) = (partitions, fields);

    [Description("The partitions that were read, by name: files, or the partitions of a table. None for tables without partitions, and for groups.")]
    public IReadOnlyList<ProfiledPartition> Partitions { get; }
    [Description("The profiles of its fields in short, in the fields' order; their figures are at field-profiles.")]
    public IReadOnlyList<FieldProfileStub> FieldProfiles { get; }
}

/// <summary>A partition as a profile read it.</summary>
/// <param name="Id">The partition's; null where no sync has seen it yet, or once it is gone.</param>
/// <param name="PartitionSize">Bytes; null where it is not known.</param>
/// <param name="MinTime">Time of change of a file; null where it is not known.</param>
/// <param name="MaxTime">Time of change of a file; null where it is not known.</param>
/// <param name="RecordsProcessed">Its records that the figures are over; null where the source does not tell which partition a record is of.</param>
internal sealed record ProfiledPartition(
    long? Id, string Name, string? Location, long? PartitionSize, DateTime? MinTime, DateTime? MaxTime, long? RecordsProcessed, string Result, string? Message);
