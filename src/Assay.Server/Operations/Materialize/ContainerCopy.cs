using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Assay.Server.Operations.Materialize;

/// <summary>The latest copy of a container in an enrichment store, or the latest try.</summary>
internal sealed class ContainerCopy
{
    public long ContainerId { get; init; }
    /// <summary>Where it lies; null where a try came to nothing before that was known.</summary>
    public long? StoreId { get; init; }
    public string? TableName { get; init; }
    /// <summary>The table's columns with their types, as JSON; null while they are being changed, and after a try that may have left them halfway.</summary>
    public string? Columns { get; init; }
    public long OperationId { get; init; }
    public long RecordsProcessed { get; init; }
    /// <summary><c>running</c>, <c>success</c> or <c>failure</c>.</summary>
    public required string Result { get; init; }
    public string? Message { get; init; }
    public DateTime StartTime { get; init; }
    public DateTime? EndTime { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<ContainerCopy>
    {
        public void Configure(EntityTypeBuilder<ContainerCopy> builder)
        {
            builder.ToTable("container_copies").HasKey(c => c.ContainerId);
            builder.Property(c => c.ContainerId).ValueGeneratedNever();
        }
    }
}
