using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Assay.Server.Containers;

/// <summary>A tag of a container's own; its datastore's tags it inherits.</summary>
internal sealed class ContainerTag
{
    public long ContainerId { get; init; }
    public long TagId { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<ContainerTag>
    {
        public void Configure(EntityTypeBuilder<ContainerTag> builder) => builder.ToTable("container_tags").HasKey(t => new { t.ContainerId, t.TagId });
    }
}

/// <summary>A user's mark on a container.</summary>
internal sealed class ContainerFavorite
{
    public long UserId { get; init; }
    public long ContainerId { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<ContainerFavorite>
    {
        public void Configure(EntityTypeBuilder<ContainerFavorite> builder) => builder.ToTable("container_favorites").HasKey(f => new { f.UserId, f.ContainerId });
    }
}
