using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Assay.Server.Fields;

/// <summary>A column of a container.</summary>
internal sealed class Field
{
    public long Id { get; init; }
    public long ContainerId { get; init; }
    public required string Name { get; set; }
    /// <summary>Position in the container, from 1.</summary>
    public long Ordinal { get; set; }
    /// <summary>The platform's type: Integral, Fractional, Boolean, String, Date, Timestamp, Array, Struct, Unknown.</summary>
    public required string Type { get; set; }
    /// <summary>For arrays the platform's type of the elements.</summary>
    public string? ElementType { get; set; }
    public string? NativeType { get; set; }
    public bool? Nullable { get; set; }
    public long? ColumnSize { get; set; }
    public long? DecimalDigits { get; set; }
    public string? Remarks { get; set; }
    public string? Description { get; set; }
    /// <summary><c>active</c>, <c>missing</c>, <c>masked</c> or <c>excluded</c>.</summary>
    public string Status { get; set; } = "active";
    public long Weight { get; set; }
    public string? AdditionalMetadata { get; set; }
    /// <summary>Its latest profile, and the share of values that were not null then.</summary>
    public long? LatestProfileId { get; set; }
    public double? Completeness { get; set; }
    /// <summary>For computed fields how they are computed; null for the container's own.</summary>
    public long? ComputedFieldId { get; set; }
    public DateTime Created { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<Field>
    {
        public void Configure(EntityTypeBuilder<Field> builder) => builder.ToTable("fields").HasKey(f => f.Id);
    }
}
