using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Assay.Server.Checks;

/// <summary>A field that a check is about, by its name: a check outlives a field that goes missing.</summary>
internal sealed class CheckField
{
    public long CheckId { get; init; }
    /// <summary>From 0, in the order in which the client named them.</summary>
    public long Position { get; init; }
    public required string Name { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<CheckField>
    {
        public void Configure(EntityTypeBuilder<CheckField> builder) => builder.ToTable("check_fields").HasKey(f => new { f.CheckId, f.Position });
    }
}

/// <summary>A tag of a check or a template.</summary>
internal sealed class CheckTag
{
    public long CheckId { get; init; }
    public long TagId { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<CheckTag>
    {
        public void Configure(EntityTypeBuilder<CheckTag> builder) => builder.ToTable("check_tags").HasKey(t => new { t.CheckId, t.TagId });
    }
}

/// <summary>A user's mark on a check.</summary>
internal sealed class CheckFavorite
{
    public long UserId { get; init; }
    public long CheckId { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<CheckFavorite>
    {
        public void Configure(EntityTypeBuilder<CheckFavorite> builder) => builder.ToTable("check_favorites").HasKey(f => new { f.UserId, f.CheckId });
    }
}
