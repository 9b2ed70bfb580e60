using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Assay.Server.Containers;

/// <summary>A tag of a partition's own; those of its container and datastore it inherits.</summary>
internal sealed class PartitionTag
{
    public long PartitionId { get; init; }
    public long TagId { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<PartitionTag>
    {
        public void Configure(EntityTypeBuilder<PartitionTag> builder) => builder.ToTable("partition_tags").HasKey(t => new { t.PartitionId, t.TagId });
    }
}
