using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Assay.Server.Enrichment.Tables;

/// <summary>A table that Assay writes to an enrichment store, with the columns that it has given it so far.</summary>
internal sealed class WrittenTable
{
    public long Id { get; init; }
    /// <summary>The enrichment store.</summary>
    public long TargetId { get; init; }
    /// <summary>The source whose table it is; it may be deleted.</summary>
    public long DatastoreId { get; set; }
    /// <summary>The container whose rows it holds; null for tables about the whole source.</summary>
    public long? ContainerId { get; set; }
    public required string Name { get; init; }
    /// <summary>What it is: <c>failed_checks</c> and the like, or the container's name.</summary>
    public required string Label { get; set; }
    /// <summary>The columns as JSON, in the order in which they came.</summary>
    public required string Columns { get; set; }
    /// <summary>Whether values of masked fields are in it as they are: then they are not shown.</summary>
    public bool Revealed { get; set; }
    public DateTime Created { get; init; }
    public DateTime Updated { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<WrittenTable>
    {
        public void Configure(EntityTypeBuilder<WrittenTable> builder) => builder.ToTable("evidence_tables").HasKey(t => t.Id);
    }
}
