using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Assay.Server.Fields;

/// <summary>A tag of a field's own; those of its container and datastore it inherits.</summary>
internal sealed class FieldTag
{
    public long FieldId { get; init; }
    public long TagId { get; init; }
    public long ContainerId { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<FieldTag>
    {
        public void Configure(EntityTypeBuilder<FieldTag> builder) => builder.ToTable("field_tags").HasKey(t => new { t.FieldId, t.TagId });
    }
}
