using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Assay.Server.Tags;

/// <summary>A workspace-wide label; datastore tags are inherited by what the datastore holds.</summary>
internal sealed class Tag
{
    public const long DefaultWeight = 1;

    public long Id { get; init; }
    /// <summary><c>global</c>, <c>external</c>, <c>entity</c> or <c>lineage</c>.</summary>
    public required string Type { get; set; }
    public required string Name { get; set; }
    public string? Color { get; set; }
    public string? Description { get; set; }
    public string? Category { get; set; }
    public long WeightModifier { get; set; } = DefaultWeight;
    /// <summary>For lineage tags the one above.</summary>
    public long? ParentLineageTagId { get; set; }
    public DateTime Created { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<Tag>
    {
        public void Configure(EntityTypeBuilder<Tag> builder) => builder.ToTable("tags").HasKey(t => t.Id);
    }
}

internal sealed class DatastoreTag
{
    public long DatastoreId { get; init; }
    public long TagId { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<DatastoreTag>
    {
        public void Configure(EntityTypeBuilder<DatastoreTag> builder) => builder.ToTable("datastore_tags").HasKey(t => new { t.DatastoreId, t.TagId });
    }
}
