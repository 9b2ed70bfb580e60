using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Assay.Server.Profiles;

/// <summary>What one operation found of a container, or why it found nothing.</summary>
internal sealed class ContainerProfile
{
    public long Id { get; init; }
    public long OperationId { get; init; }
    public long ContainerId { get; init; }
    /// <summary>For the profile of a group, the profile of the whole container.</summary>
    public long? ParentProfileId { get; init; }
    /// <summary>For the profile of a group, Spark SQL that is true for its rows.</summary>
    public string? Filter { get; init; }
    public DateTime Created { get; init; }
    /// <summary>Rows of the container, as far as known.</summary>
    public long? RecordsCount { get; init; }
    /// <summary>Rows that were read.</summary>
    public long RecordsProcessed { get; init; }
    public long FieldProfilesCount { get; init; }
    /// <summary><c>success</c>, <c>failure</c> or <c>aborted</c>.</summary>
    public required string Result { get; init; }
    public string? Message { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<ContainerProfile>
    {
        public void Configure(EntityTypeBuilder<ContainerProfile> builder) => builder.ToTable("container_profiles").HasKey(p => p.Id);
    }
}

/// <summary>What one operation found of a field.</summary>
internal sealed class FieldProfileRow
{
    public long Id { get; init; }
    public long ContainerProfileId { get; init; }
    public long ContainerId { get; init; }
    public long FieldId { get; init; }
    public required string Name { get; init; }
    public required string FieldType { get; init; }
    public double? Completeness { get; init; }
    /// <summary>A <see cref="Quality.Profiling.FieldProfile"/> as JSON.</summary>
    public required string Metrics { get; init; }
    public DateTime Created { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<FieldProfileRow>
    {
        public void Configure(EntityTypeBuilder<FieldProfileRow> builder) => builder.ToTable("field_profiles").HasKey(p => p.Id);
    }
}
