using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Assay.Server.Enrichment.Outbox;

/// <summary>
/// Something that an enrichment store is still to be told: the evidence of one scan of one container, or that a deleted source's tables
/// go. Made in the transaction of what it is about, delivered in the order of ids, and gone once all of it is written.
/// </summary>
internal sealed class EvidenceEntry
{
    public long Id { get; init; }
    /// <summary>The enrichment store.</summary>
    public long TargetId { get; init; }
    /// <summary>The source.</summary>
    public long DatastoreId { get; init; }
    /// <summary>The scan whose evidence it is; null for tables to drop.</summary>
    public long? ContainerScanId { get; init; }
    public long OperationId { get; init; }
    /// <summary>The settings are those of the scan, whatever becomes of the datastore's.</summary>
    public string Prefix { get; init; } = "";
    public string Remediation { get; init; } = Datastores.Datastore.NoRemediation;
    public long SourceRecordLimit { get; init; }
    public long MaxRecordsAnalyzed { get; init; }
    /// <summary>Names of the tables to drop, as JSON; null for evidence.</summary>
    public string? Tables { get; init; }
    public DateTime Created { get; init; }
    /// <summary>How far it is: the table, the batch of that table, and the key behind which that batch begins.</summary>
    public long Step { get; init; }
    public long Batch { get; init; }
    public long After1 { get; init; } = -1;
    public long After2 { get; init; } = -1;
    /// <summary>The key that the batch ends with; settled before it is written, so that another try writes the same rows.</summary>
    public long? Until1 { get; init; }
    public long? Until2 { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<EvidenceEntry>
    {
        public void Configure(EntityTypeBuilder<EvidenceEntry> builder) => builder.ToTable("evidence_outbox").HasKey(e => e.Id);
    }
}
